#include "ui/governance/pairs_page.h"

#include <QPushButton>

#include "ui/style/look.h"
#include "ui/style/text_label.h"
#include "ui/style/words.h"
#include "ui/table/data_table.h"

namespace fairlead::ui {

namespace {

enum PairsPart { Waiting, Records, Weights };

QString tr(const char* english) { return PairsPage::tr(english); }

std::pair<std::int64_t, std::int64_t> keyOf(const release::WaitingPair& pair) { return {pair.a.value, pair.b.value}; }

TableCell bitsCell(double bits) {
    const QString sign = bits < 0 ? QString(QChar(0x2212)) : QStringLiteral("+");
    return {sign + QString::number(std::abs(bits), 'f', 1), bits};
}

QString joined(const std::vector<std::string>& texts) {
    QStringList list;
    for (const std::string& one : texts) {
        list << text(one);
    }
    return list.join(QStringLiteral("; "));
}

std::shared_ptr<const TableContent> recordsTable(const release::PairFields& pair) {
    auto table = std::make_shared<TableContent>();
    table->columns = {{.title = tr("Field")},
                      {.title = tr("First record"), .stretches = true, .sample = tr("A name of some length, twice")},
                      {.title = tr("Second record"), .sample = tr("A name of some length, and an address")},
                      {.title = tr("Compared")}};
    table->holdsNames = true;
    const auto add = [&](const QString& field, const QString& first, const QString& second) {
        const QString compared = first.isEmpty() || second.isEmpty() ? tr("not known on both sides")
                                 : first == second                   ? tr("the same")
                                                                     : tr("differs");
        table->rows.push_back({{{field}, {first}, {second}, {compared}}, {}});
    };
    add(tr("Dataset"), text(pair.a.dataset), text(pair.b.dataset));
    add(tr("Agency's own key"), text(pair.a.reference), text(pair.b.reference));
    add(tr("Names"), joined(pair.a.names), joined(pair.b.names));
    add(tr("Birth dates"), joined(pair.a.birthDates), joined(pair.b.birthDates));
    add(tr("Sex"), joined(pair.a.sexes), joined(pair.b.sexes));
    add(tr("Addresses"), joined(pair.a.addresses), joined(pair.b.addresses));
    add(tr("Identifiers"), joined(pair.a.identifiers), joined(pair.b.identifiers));
    return table;
}

std::shared_ptr<const TableContent> weightsTable(const release::PairFields& pair) {
    auto table = std::make_shared<TableContent>();
    table->columns = {{.title = tr("Field")},
                      {.title = tr("How the two compare"), .stretches = true},
                      {.title = tr("Bits"), .isNumber = true}};
    for (const release::FieldWeight& weight : pair.weights) {
        table->rows.push_back({{{text(weight.field)}, {text(weight.level)}, bitsCell(weight.bits)}, {}});
    }
    table->rows.push_back({{{tr("Further")},
                            {tr("What the run begins with, rare and common values, relations")},
                            bitsCell(pair.furtherBits)},
                           {}});
    table->rows.push_back({{{tr("All")},
                            {tr("As a probability %1").arg(QString::number(pair.pair.probability, 'f', 4))},
                            bitsCell(pair.pair.bits)},
                           {}});
    return table;
}

}  // namespace

PairsPage::PairsPage(QWidget* parent)
    : PartsPage(tr("Pairs that wait for a reader"), {tr("Pairs"), tr("The two records"), tr("What each field weighs")},
                parent) {
    connect(this, &PartsPage::rowOpened, this, &PairsPage::open);
}

void PairsPage::setPairs(std::shared_ptr<const std::vector<release::WaitingPair>> pairs) {
    m_pairs = std::move(pairs);
    standing().setText(tr("%1 pairs wait. You read here; a decision is not written yet.")
                           .arg(number(static_cast<std::int64_t>(m_pairs->size()))));
    refill();
}

void PairsPage::setPair(std::shared_ptr<const release::PairFields> pair) {
    m_pair = std::move(pair);
    m_read.insert(keyOf(m_pair->pair));
    showPart(Records);
}

void PairsPage::open(const QVariant& key) {
    if (part() == Waiting && key.isValid()) {
        emit pairRequested((*m_pairs)[key.toULongLong()]);
    }
}

PartsPage::Part PairsPage::partNow(int part) const {
    if (part == Waiting) {
        auto table = std::make_shared<TableContent>();
        table->columns = {{.title = tr("Pair"), .isNumber = true},
                          {.title = tr("First record"), .isNumber = true},
                          {.title = tr("Second record"), .isNumber = true},
                          {.title = tr("Read in this sitting"), .stretches = true}};
        for (std::size_t i = 0; m_pairs && i < m_pairs->size(); ++i) {
            const release::WaitingPair& pair = (*m_pairs)[i];
            table->rows.push_back({{{number(static_cast<std::int64_t>(i) + 1), QVariant::fromValue<qulonglong>(i)},
                                    {QString::number(pair.a.value), QVariant::fromValue<qlonglong>(pair.a.value)},
                                    {QString::number(pair.b.value), QVariant::fromValue<qlonglong>(pair.b.value)},
                                    {m_read.contains(keyOf(pair)) ? tr("read") : tr("not yet")}},
                                   QVariant::fromValue<qulonglong>(i)});
        }
        return {tr("The likeliest first. Open one with Enter: its identifying fields are read for a reason, which is "
                   "written to the audit log first."),
                std::move(table), m_pairs ? tr("No pair waits.") : tr("The pairs have not been read yet.")};
    }
    const QString none = tr("Open a pair first.");
    if (part == Records) {
        return {tr("Whatever either agency supplied of each; the latest stands last."),
                m_pair ? recordsTable(*m_pair) : std::make_shared<const TableContent>(), none};
    }
    return {
        tr("How much each field spoke for one person (+) or for two (%1), in the last linkage run.").arg(QChar(0x2212)),
        m_pair ? weightsTable(*m_pair) : std::make_shared<const TableContent>(), none};
}

}  // namespace fairlead::ui
