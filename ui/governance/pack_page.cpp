#include "ui/governance/pack_page.h"

#include <QPushButton>

#include "ui/style/look.h"
#include "ui/style/text_label.h"
#include "ui/style/words.h"
#include "ui/table/data_table.h"

namespace fairlead::ui {

namespace {

enum PackPart { Schools, Counts };

TableCell countCell(const indicator::Count& count) {
    const bool isNumber = count.kind == indicator::Count::Kind::Value;
    return {isNumber ? number(count.value) : text(indicator::shorthand(count)),
            QVariant::fromValue<qlonglong>(isNumber ? count.value : -1)};
}

std::shared_ptr<const TableContent> schoolsTable(const release::Pack& pack) {
    auto table = std::make_shared<TableContent>();
    table->columns = {{.title = PackPage::tr("School"), .stretches = true},
                      {.title = PackPage::tr("Phase")},
                      {.title = PackPage::tr("URN"), .isNumber = true},
                      {.title = PackPage::tr("On roll"), .isNumber = true}};
    for (std::size_t i = 0; i < pack.schools.size(); ++i) {
        const release::PackSchool& school = pack.schools[i];
        table->rows.push_back({{{text(school.name)},
                                {text(school.phase)},
                                {QString::number(school.urn.value), QVariant::fromValue<qlonglong>(school.urn.value)},
                                countCell(school.onRoll)},
                               QVariant::fromValue<qulonglong>(i)});
    }
    return table;
}

std::shared_ptr<const TableContent> countsTable(const release::PackSchool& school) {
    auto table = std::make_shared<TableContent>();
    table->columns = {{.title = PackPage::tr("Indicator"), .stretches = true},
                      {.title = PackPage::tr("Pupils"), .isNumber = true}};
    for (const release::PackFigure& figure : school.figures) {
        table->rows.push_back({{{text(figure.title)}, countCell(figure.pupils)}, {}});
    }
    return table;
}

}  // namespace

PackPage::PackPage(Rights rights, QWidget* parent)
    : PartsPage(tr("School counts for readers"), {tr("Schools"), tr("Counts of one school")}, parent),
      m_rights(rights) {
    if (m_rights.make) {
        connect(addAction(tr("Make the pack of today")), &QPushButton::clicked, this, &PackPage::makeRequested);
    }
    if (!m_rights.read) {
        standing().setText(
            tr("The pack is made here for aggregate readers, who hold no other key. Its file opens with "
               "their keys; yours show every school's own page."));
    }
    connect(this, &PartsPage::rowOpened, this, [this](const QVariant& key) {
        if (key.isValid()) {
            openSchool(key.toULongLong());
        }
    });
    refill();
}

void PackPage::setPack(std::shared_ptr<const release::Pack> pack) {
    m_pack = std::move(pack);
    m_school = 0;
    const auto day = Date::fromIso(m_pack->asAt);
    standing().setText(tr("As at %1, made by %2. Counts to the nearest 5; [c] stands for 1 to 4, and for a count from "
                          "which those follow. No person is in it.")
                           .arg(day ? dateInWords(*day) : text(m_pack->asAt), text(m_pack->preparedBy)));
    refill();
}

void PackPage::showNone() {
    standing().setText(tr("No pack has been made for you yet. A data steward makes it."));
    refill();
}

void PackPage::showMade(const release::PackReport& report) {
    standing().setText(
        tr("The pack is made: %1 schools, for %2 readers. The one before opens no more.")
            .arg(number(static_cast<std::int64_t>(report.schools)), number(static_cast<std::int64_t>(report.readers))));
    refill();
}

void PackPage::openSchool(std::size_t at) {
    m_school = at;
    showPart(Counts);
}

const release::PackSchool* PackPage::school() const {
    return m_pack && m_school < m_pack->schools.size() ? &m_pack->schools[m_school] : nullptr;
}

PartsPage::Part PackPage::partNow(int part) const {
    const QString nothing = m_rights.read ? tr("There is no pack to show.") : tr("Aggregate readers see the counts.");
    if (part == Schools) {
        return {tr("Open a school with Enter to see its counts."),
                m_pack ? schoolsTable(*m_pack) : std::make_shared<const TableContent>(), nothing};
    }
    const release::PackSchool* shown = school();
    if (shown == nullptr) {
        return {{}, std::make_shared<const TableContent>(), nothing};
    }
    const indicator::Count& roll = shown->onRoll;
    return {tr("%1, on roll %2. Pupils on whom each indicator holds.")
                .arg(text(shown->name), text(indicator::shorthand(roll))),
            countsTable(*shown), nothing};
}

}  // namespace fairlead::ui
