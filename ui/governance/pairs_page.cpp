#include "ui/governance/pairs_page.h"

#include <QPushButton>
#include <algorithm>

#include "ui/governance/audit_tables.h"
#include "ui/governance/decision_dialogs.h"
#include "ui/style/look.h"
#include "ui/style/text_label.h"
#include "ui/style/words.h"
#include "ui/table/data_table.h"

namespace fairlead::ui {

namespace {

enum PairsPart { Waiting, Records, Weights, Decisions };

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
    if (!pair.isWeighed) {
        return table;
    }
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

std::shared_ptr<const TableContent> waitingTable(const PairsContent& content,
                                                 const std::set<std::pair<std::int64_t, std::int64_t>>& read) {
    auto table = std::make_shared<TableContent>();
    table->columns = {{.title = tr("Pair"), .isNumber = true},
                      {.title = tr("First record"), .isNumber = true},
                      {.title = tr("Second record"), .isNumber = true},
                      {.title = tr("Read in this sitting"), .stretches = true}};
    for (std::size_t i = 0; i < content.waiting.size(); ++i) {
        const release::WaitingPair& pair = content.waiting[i];
        table->rows.push_back({{{number(static_cast<std::int64_t>(i) + 1), QVariant::fromValue<qulonglong>(i)},
                                {QString::number(pair.a.value), QVariant::fromValue<qlonglong>(pair.a.value)},
                                {QString::number(pair.b.value), QVariant::fromValue<qlonglong>(pair.b.value)},
                                {read.contains(keyOf(pair)) ? tr("read") : tr("not yet")}},
                               QVariant::fromValue<qulonglong>(i)});
    }
    return table;
}

QString stateInWords(const release::Decision& decision) {
    const QString state = decision.isInForce()           ? tr("in force")
                          : decision.withdrawnBy.empty() ? tr("withdrawn")
                                                         : tr("withdrawn by %1").arg(text(decision.withdrawnBy));
    return decision.waits ? tr("%1, waits for the next linkage run").arg(state) : state;
}

std::shared_ptr<const TableContent> decisionsTable(const PairsContent& content) {
    auto table = std::make_shared<TableContent>();
    table->columns = {{.title = tr("Decision"), .isNumber = true},
                      {.title = tr("First record"), .isNumber = true},
                      {.title = tr("Second record"), .isNumber = true},
                      {.title = tr("Verdict")},
                      {.title = tr("Reader")},
                      {.title = tr("When")},
                      {.title = tr("State")},
                      {.title = tr("Why"), .stretches = true}};
    // A reason may name somebody.
    table->holdsNames = true;
    for (std::size_t i = 0; i < content.decisions.size(); ++i) {
        const release::Decision& one = content.decisions[i];
        table->rows.push_back({{{QString::number(one.id), QVariant::fromValue<qlonglong>(one.id)},
                                {QString::number(one.a.value), QVariant::fromValue<qlonglong>(one.a.value)},
                                {QString::number(one.b.value), QVariant::fromValue<qlonglong>(one.b.value)},
                                {verdictInWords(one.verdict)},
                                {text(one.reader)},
                                momentCell(one.atMs),
                                {stateInWords(one)},
                                {text(one.reason)}},
                               QVariant::fromValue<qulonglong>(i)});
    }
    return table;
}

QString standingInWords(const PairsContent& content) {
    const auto undone = std::ranges::count(content.decisions, true, &release::Decision::waits);
    const QString pairs = number(static_cast<std::int64_t>(content.waiting.size()));
    if (undone == 0) {
        return tr("Pairs that wait: %1. No decision waits for a linkage run.").arg(pairs);
    }
    return (content.mayLink ? tr("Pairs that wait: %1. Decisions that wait for the next linkage run: %2. Start it by "
                                 "Link records now in the Data menu.")
                            : tr("Pairs that wait: %1. Decisions that wait for the next linkage run: %2. A data "
                                 "steward starts it."))
        .arg(pairs, number(undone));
}

}  // namespace

PairsPage::PairsPage(QWidget* parent)
    : PartsPage(tr("Pairs that wait for a reader"),
                {tr("Pairs"), tr("The two records"), tr("What each field weighs"), tr("Decisions")}, parent),
      m_decide(addAction(tr("Decide…"))),
      m_takeBack(addAction(tr("Take back…"))) {
    connect(this, &PartsPage::rowOpened, this, &PairsPage::open);
    connect(m_decide, &QPushButton::clicked, this, &PairsPage::decide);
    connect(m_takeBack, &QPushButton::clicked, this, &PairsPage::takeBack);
    connect(&table(), &DataTable::currentRowChanged, this, &PairsPage::follow);
    follow();
}

void PairsPage::setPairs(std::shared_ptr<const PairsContent> pairs) {
    m_content = std::move(pairs);
    standing().setText(standingInWords(*m_content));
    if (m_pair) {
        // What was read of the two stays; what was decided about them may have changed.
        auto pair = std::make_shared<release::PairFields>(*m_pair);
        const auto now = std::ranges::find_if(m_content->decisions, [&](const release::Decision& one) {
            return one.isInForce() && one.a == pair->pair.a && one.b == pair->pair.b;
        });
        pair->decision = now == m_content->decisions.end() ? std::nullopt : std::optional(*now);
        m_pair = std::move(pair);
    }
    refill();
    follow();
}

void PairsPage::setPair(std::shared_ptr<const release::PairFields> pair) {
    m_pair = std::move(pair);
    m_read.insert(keyOf(m_pair->pair));
    showPart(Records);
    follow();
}

void PairsPage::open(const QVariant& key) {
    if (!key.isValid()) {
        return;
    }
    if (part() == Waiting) {
        emit pairRequested(m_content->waiting[key.toULongLong()]);
    } else if (part() == Decisions) {
        const release::Decision& decision = m_content->decisions[key.toULongLong()];
        emit pairRequested({.a = decision.a, .b = decision.b});
    }
}

const release::Decision* PairsPage::currentDecision() const {
    const QVariant key = part() == Decisions ? table().currentKey() : QVariant();
    return m_content && key.isValid() ? &m_content->decisions[key.toULongLong()] : nullptr;
}

void PairsPage::follow() {
    const bool may = m_content && m_content->mayDecide;
    const release::Decision* decision = currentDecision();
    m_decide->setEnabled(may && m_pair && (part() == Records || part() == Weights));
    m_takeBack->setEnabled(may && decision != nullptr && decision->isInForce());
}

void PairsPage::decide() {
    auto* form = new DecisionDialog(*m_pair, m_content->reader, this);
    connect(form, &PairForm::submitted, this, &PairsPage::actRequested);
    m_form.open(form);
}

void PairsPage::takeBack() {
    auto* form = new TakeBackDialog(*currentDecision(), this);
    connect(form, &PairForm::submitted, this, &PairsPage::actRequested);
    m_form.open(form);
}

PartsPage::Part PairsPage::partNow(int part) const {
    const QString unread = tr("The pairs have not been read yet.");
    const auto orEmpty = [&](auto make) { return m_content ? make() : std::make_shared<const TableContent>(); };
    if (part == Waiting) {
        return {tr("The likeliest first. Open one with Enter: its identifying fields are read for a reason, which is "
                   "written to the audit log first."),
                orEmpty([&] { return waitingTable(*m_content, m_read); }), m_content ? tr("No pair waits.") : unread};
    }
    if (part == Decisions) {
        return {tr("The newest first. One decision of a pair is in force; the next linkage run takes it. Open one with "
                   "Enter to read its two records again."),
                orEmpty([&] { return decisionsTable(*m_content); }),
                m_content ? tr("Nothing has been decided.") : unread};
    }
    const QString none = tr("Open a pair first.");
    if (part == Records) {
        const QString note = tr("Whatever either agency supplied of each; the latest stands last.");
        const bool isDecided = m_pair && m_pair->decision;
        return {isDecided ? tr("%1 Decided by %2: %3.")
                                .arg(note, text(m_pair->decision->reader),
                                     verdictInWords(m_pair->decision->verdict).toLower())
                          : note,
                m_pair ? recordsTable(*m_pair) : std::make_shared<const TableContent>(), none};
    }
    return {
        tr("How much each field spoke for one person (+) or for two (%1), in the last linkage run.").arg(QChar(0x2212)),
        m_pair ? weightsTable(*m_pair) : std::make_shared<const TableContent>(),
        m_pair ? tr("The last run has no weight of these two: other links joined them.") : none};
}

}  // namespace fairlead::ui
