#include "ui/governance/releases_page.h"

#include <QPushButton>

#include "ui/governance/release_dialogs.h"
#include "ui/governance/release_tables.h"
#include "ui/style/text_label.h"
#include "ui/style/words.h"
#include "ui/table/data_table.h"

namespace fairlead::ui {

namespace {

enum ReleasesPart { Releases, Involvements };

using Kind = ReleaseAct::Kind;

}  // namespace

ReleasesPage::ReleasesPage(QWidget* parent)
    : PartsPage(tr("Releases of names"), {tr("Releases"), tr("Involvements")}, parent),
      m_involve(addAction(tr("Record an involvement…"))),
      m_release(addAction(tr("Release names…"))),
      m_withdraw(addAction(tr("Withdraw…"))) {
    connect(m_involve, &QPushButton::clicked, this, [this] { ask(Kind::Involve); });
    connect(m_release, &QPushButton::clicked, this, [this] { ask(Kind::Release); });
    connect(m_withdraw, &QPushButton::clicked, this,
            [this] { ask(part() == Releases ? Kind::Withdraw : Kind::EndInvolvement); });
    connect(&table(), &DataTable::currentRowChanged, this, &ReleasesPage::follow);
    follow();
}

void ReleasesPage::setReleases(std::shared_ptr<const ReleasesContent> content) {
    m_content = std::move(content);
    standing().setText(m_content->mayRelease
                           ? tr("Names stay with those who load and link, but for single children released to a user "
                                "who is involved with them. Two people sign each release.")
                           : tr("What is released to you. Where you ask for names, these open and no others."));
    refill();
    follow();
}

PartsPage::Part ReleasesPage::partNow(int part) const {
    const bool isRead = m_content != nullptr;
    const QString unread = tr("Releases have not been read yet.");
    if (part == Releases) {
        return {
            tr("Names of at most %1 people each, for at most %2 days. A name counts as shown once a sitting; a "
               "release that has shown all it may shows no more, and two people make a new one. The end is a rule of "
               "this program: what was seen or copied by then cannot be taken back.")
                .arg(release::kMostChildren)
                .arg(release::kLongestDays),
            isRead ? releasesTable(*m_content) : std::make_shared<const TableContent>(),
            isRead ? tr("Nothing is released.") : unread};
    }
    return {
        tr("Who is involved with which child, for what, under which gateway, and where that is recorded. Nothing is "
           "released without one that runs on the day."),
        isRead ? involvementsTable(*m_content) : std::make_shared<const TableContent>(),
        isRead ? tr("No involvement is recorded.") : unread};
}

const release::ReleaseEntry* ReleasesPage::currentRelease() const {
    const QVariant key = part() == Releases ? table().currentKey() : QVariant();
    return m_content && key.isValid() ? &m_content->releases[key.toULongLong()] : nullptr;
}

const release::Involvement* ReleasesPage::currentInvolvement() const {
    const QVariant key = part() == Involvements ? table().currentKey() : QVariant();
    return m_content && key.isValid() ? &m_content->involvements[key.toULongLong()] : nullptr;
}

void ReleasesPage::follow() {
    const bool mayRelease = m_content && m_content->mayRelease;
    const release::ReleaseEntry* release = currentRelease();
    const release::Involvement* involvement = currentInvolvement();
    m_involve->setEnabled(mayRelease);
    m_release->setEnabled(mayRelease);
    m_withdraw->setEnabled(mayRelease && ((release != nullptr && release->state != release::ReleaseState::Withdrawn) ||
                                          (involvement != nullptr && involvement->withdrawnBy.empty())));
}

void ReleasesPage::ask(Kind kind) {
    ReleaseForm* form = nullptr;
    switch (kind) {
        case Kind::Involve: form = new InvolvementDialog(*m_content, this); break;
        case Kind::Release: form = new ReleaseDialog(*m_content, this); break;
        case Kind::Withdraw: form = new WithdrawDialog(kind, currentRelease()->number, this); break;
        case Kind::EndInvolvement: form = new WithdrawDialog(kind, currentInvolvement()->id, this); break;
    }
    connect(form, &ReleaseForm::submitted, this, &ReleasesPage::actRequested);
    m_form.open(form);
}

}  // namespace fairlead::ui
