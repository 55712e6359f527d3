#include "ui/governance/role_words.h"

#include <QCoreApplication>
#include <QStringList>

namespace fairlead::ui {

namespace {

QString tr(const char* english) { return QCoreApplication::translate("fairlead::ui::UsersPage", english); }

}  // namespace

QString roleInWords(access::Role role) {
    switch (role) {
        case access::Role::AggregateReader: return tr("Aggregate reader");
        case access::Role::Analyst: return tr("Analyst");
        case access::Role::LinkReviewer: return tr("Link reviewer");
        case access::Role::DataSteward: return tr("Data steward");
        case access::Role::GovernanceAuditor: return tr("Governance auditor");
        case access::Role::KeyOfficer: return tr("Key officer");
    }
    return {};
}

QString dutyInWords(access::Role role) {
    switch (role) {
        case access::Role::AggregateReader: return tr("Reads counts of schools that were made for it; no pupils.");
        case access::Role::Analyst: return tr("Reads figures and pupils under pseudonyms.");
        case access::Role::LinkReviewer: return tr("Compares the identifying fields of two records; no indicators.");
        case access::Role::DataSteward: return tr("Loads, links and looks after the data: reads names and facts.");
        case access::Role::GovernanceAuditor: return tr("Reads who did what and why; no names, no facts.");
        case access::Role::KeyOfficer: return tr("Decides who is what; holds no key of the data.");
    }
    return {};
}

QString rolesInWords(const access::Roles& roles) {
    if (roles.size() == access::kRoles.size()) {
        return tr("every role");
    }
    QStringList words;
    for (const access::Role role : roles) {
        words << roleInWords(role);
    }
    return words.join(QStringLiteral(", "));
}

QString actionInWords(access::Action action) {
    // Core's words are those of the refusals that people read.
    const std::string_view name = access::name(action);
    QString words = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    if (!words.isEmpty()) {
        words[0] = words[0].toUpper();
    }
    return words;
}

}  // namespace fairlead::ui
