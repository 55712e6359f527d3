#include <algorithm>

#include "core/record/identifiers.h"
#include "core/workspace/columns.h"
#include "core/workspace/intake.h"
#include "core/workspace/quality_reading.h"
#include "core/workspace/row_rules.h"

namespace fairlead::workspace {

namespace {

constexpr std::array kRecordFields = {Field::Name,    Field::BirthDate, Field::Sex,
                                      Field::Address, Field::Postcode,  Field::Identifier};

/// Which fields of a record have a value in any version that is still supplied.
struct RecordSeen {
    std::int64_t id = 0;
    std::array<bool, kFields> has{};
    const QualityDelivery* first = nullptr;  ///< That named the record; null when its load has none of the dataset.

    [[nodiscard]] bool holds(Field field) const { return has.at(static_cast<std::size_t>(field)); }
    void set(Field field) { has.at(static_cast<std::size_t>(field)) = true; }
    [[nodiscard]] bool canBeLinked() const {
        return holds(Field::Identifier) || (holds(Field::Name) && (holds(Field::BirthDate) || holds(Field::Address)));
    }
};

/// Reads identity.db record by record.
class RecordPass {
public:
    RecordPass(const QualityBasis& basis, QualityPage& page) : m_basis(basis), m_page(page) {}

    Status readRefs(store::Database& identity, TaskContext& task) {
        return eachRow(identity, "SELECT source_person, load FROM person_ref ORDER BY source_person", task,
                       [this](const store::Statement& row) {
                           m_records.push_back({row.integer(0), {}, firstDelivery(row.integer(0), row.integer(1))});
                       });
    }

    Status readNames(store::Database& identity, TaskContext& task) {
        auto at = m_records.begin();
        return eachRow(identity,
                       "SELECT source_person, forenames, surname, birth_date, sex, first_delivery FROM name "
                       "WHERE gone_delivery IS NULL ORDER BY source_person, id",
                       task, [&](const store::Statement& row) {
                           RecordSeen& record = find(at, row.integer(0));
                           if (!row.text(1).empty() && !row.text(2).empty()) record.set(Field::Name);
                           if (row.text(4) == "F" || row.text(4) == "M") record.set(Field::Sex);
                           if (row.isNull(3)) return;
                           record.set(Field::BirthDate);
                           const QualityDelivery& delivery = m_basis.deliveries.at(row.integer(5));
                           test(record, Rule::BornInFuture, dayAt(row, 3) > delivery.dataAsAt, delivery);
                       });
    }

    Status readAddresses(store::Database& identity, TaskContext& task) {
        auto at = m_records.begin();
        return eachRow(identity,
                       "SELECT source_person, uprn, street, postcode, first_delivery FROM address "
                       "WHERE gone_delivery IS NULL ORDER BY source_person, id",
                       task, [&](const store::Statement& row) {
                           RecordSeen& record = find(at, row.integer(0));
                           const bool hasPostcode = !row.text(3).empty();
                           if (!row.text(1).empty() || (!row.text(2).empty() && hasPostcode))
                               record.set(Field::Address);
                           if (!hasPostcode) return;
                           record.set(Field::Postcode);
                           test(record, Rule::NoPostcode, !record::canonicalPostcode(row.text(3)),
                                m_basis.deliveries.at(row.integer(4)));
                       });
    }

    Status readIdentifiers(store::Database& identity, TaskContext& task) {
        auto at = m_records.begin();
        return eachRow(identity,
                       "SELECT source_person, kind, value, first_delivery FROM identifier "
                       "WHERE gone_delivery IS NULL ORDER BY source_person, id",
                       task, [&](const store::Statement& row) {
                           RecordSeen& record = find(at, row.integer(0));
                           record.set(Field::Identifier);
                           const auto wrong = hasWrongCheckCharacter(row.text(1), row.text(2));
                           if (!wrong) return;
                           test(record, Rule::WrongCheckCharacter, *wrong, m_basis.deliveries.at(row.integer(3)));
                       });
    }

    Status readRoll(store::Database& core, TaskContext& task) {
        return eachRow(core,
                       "SELECT r.source_person, r.year_group, s.name, r.delivery, r.source_row FROM roll r "
                       "LEFT JOIN school s ON s.urn = r.urn WHERE r.withdrawn IS NULL",
                       task, [this](const store::Statement& row) {
                           const QualityDelivery& delivery = m_basis.deliveries.at(row.integer(3));
                           const QualitySource& source = m_basis.sourceOf(row.integer(0));
                           count(lineOf(source, Field::YearGroup), !row.text(1).empty(), &delivery);
                           m_rules.test(source, Rule::SchoolNotDescribed, row.text(2).empty(),
                                        {delivery.fileName, row.integer(4), 0});
                       });
    }

    /// Counts, once everything is read; `linked` holds records that share a person with another record.
    void finish(const std::vector<std::int64_t>& linked) {
        std::map<std::int64_t, std::int64_t> unlinkable;
        for (const RecordSeen& record : m_records) {
            const QualitySource& source = m_basis.sourceOf(record.id);
            for (const Field field : kRecordFields) count(lineOf(source, field), record.holds(field), record.first);
            if (record.canBeLinked()) continue;
            if (++unlinkable[source.id] > static_cast<std::int64_t>(kMostRows)) continue;
            Unlinkable row{
                source, record.id - firstSourcePerson(source.id), {}, std::ranges::binary_search(linked, record.id)};
            for (const Field field : {Field::Name, Field::BirthDate, Field::Address, Field::Identifier})
                if (!record.holds(field)) row.lacks.push_back(field);
            m_page.unlinkableRows.push_back(std::move(row));
        }
        for (const SupplyLine& line : m_page.supply) m_page.unlinkable.push_back(unlinkable[line.source.id]);
        for (const QualitySource& source : m_basis.sources)
            for (std::size_t field = 0; field < kFields; ++field)
                if (const auto at = m_fields.find({source.id, static_cast<Field>(field)}); at != m_fields.end())
                    m_page.fields.push_back(std::move(at->second));
        std::ranges::move(std::move(m_rules).lines(), std::back_inserter(m_page.rules));
    }

private:
    using Records = std::vector<RecordSeen>;

    const QualityDelivery* firstDelivery(std::int64_t record, std::int64_t load) const {
        for (const auto& [id, delivery] : m_basis.deliveries)
            if (delivery.load == load && delivery.dataset == datasetOf(record)) return &delivery;
        return nullptr;
    }

    /// Rows and records come in the same order.
    static RecordSeen& find(Records::iterator& at, std::int64_t id) {
        while (at->id < id) ++at;
        return *at;
    }

    FieldLine& lineOf(const QualitySource& source, Field field) {
        FieldLine& line = m_fields[{source.id, field}];
        if (line.months.empty()) {
            line.source = source;
            line.field = field;
            line.months.resize(m_page.months.size());
        }
        return line;
    }

    void count(FieldLine& line, bool filled, const QualityDelivery* delivery) const {
        const auto month = delivery == nullptr ? std::nullopt : monthAt(m_page, delivery->dataAsAt);
        for (Share* share : {&line.all, month ? &line.months[*month] : nullptr}) {
            if (share == nullptr) continue;
            ++share->of;
            share->part += filled ? 1 : 0;
        }
    }

    void test(const RecordSeen& record, Rule rule, bool broken, const QualityDelivery& delivery) {
        m_rules.test(m_basis.sourceOf(record.id), rule, broken,
                     {delivery.fileName, 0, record.id - firstSourcePerson(datasetOf(record.id))});
    }

    const QualityBasis& m_basis;
    QualityPage& m_page;
    Records m_records;
    std::map<std::pair<std::int64_t, Field>, FieldLine> m_fields;
    RuleBook m_rules;
};

}  // namespace

Status readRecordQuality(store::Database& core, store::Database& identity, const QualityBasis& basis, QualityPage& page,
                         TaskContext& task) {
    RecordPass pass(basis, page);
    FAIRLEAD_OK(pass.readRefs(identity, task));
    FAIRLEAD_OK(pass.readNames(identity, task));
    FAIRLEAD_OK(pass.readAddresses(identity, task));
    FAIRLEAD_OK(pass.readIdentifiers(identity, task));
    FAIRLEAD_OK(pass.readRoll(core, task));
    std::vector<std::int64_t> linked;
    FAIRLEAD_OK(eachRow(core,
                        "SELECT source_person FROM membership WHERE until_run IS NULL AND person IN "
                        "(SELECT person FROM membership WHERE until_run IS NULL GROUP BY person "
                        "HAVING count(*) > 1) ORDER BY source_person",
                        task, [&](const store::Statement& row) { linked.push_back(row.integer(0)); }));
    pass.finish(linked);
    return {};
}

}  // namespace fairlead::workspace
