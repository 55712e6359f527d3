#include "core/link/compare.h"

#include <algorithm>

namespace fairlead::link {
namespace {

constexpr std::uint32_t kLargestTable = 5600;   // 31 MB a table
constexpr std::uint32_t kIdBits = 26;           // of a cached value id: 67 million values
constexpr std::size_t kCacheSlots = 1U << 17U;  // 1 MB a thread

std::uint32_t dictionarySize(const Columns& columns, const ComparisonPlan& plan) {
    switch (plan.kind) {
        case ComparisonKind::Forename: return columns.forenameTexts.size();
        case ComparisonKind::Surname: return columns.surnameTexts.size();
        case ComparisonKind::Address: return static_cast<std::uint32_t>(columns.addresses.size());
        case ComparisonKind::Text:
        case ComparisonKind::BirthDate:
        case ComparisonKind::Sex:
        case ComparisonKind::Identifier: break;
    }
    return 0;  // cheap to compare: no table
}

std::uint64_t mixed(std::uint64_t x) {
    x ^= x >> 31U;
    x *= 0x9e3779b97f4a7c15ULL;
    return x ^ (x >> 29U);
}

void setLevel(std::uint64_t& pattern, std::size_t comparison, std::uint8_t level) {
    pattern &= ~(15ULL << (4 * comparison));
    pattern |= static_cast<std::uint64_t>(level) << (4 * comparison);
}

// The column of a comparison; null for identifiers, which are compared by kind.
const MultiColumn* columnOf(const Columns& columns, const ComparisonPlan& plan) {
    switch (plan.kind) {
        case ComparisonKind::Forename: return &columns.forename;
        case ComparisonKind::Surname: return &columns.surname;
        case ComparisonKind::BirthDate: return &columns.birthDate;
        case ComparisonKind::Sex: return &columns.sex;
        case ComparisonKind::Address: return &columns.address;
        case ComparisonKind::Text: return &columns.attributes[plan.attribute];
        case ComparisonKind::Identifier: break;
    }
    return nullptr;
}

std::vector<std::uint32_t> rowCells(const Columns& columns, const std::vector<ComparisonPlan>& plans) {
    std::vector<std::uint32_t> cells(static_cast<std::size_t>(columns.rows) * plans.size(), kNoValue);
    for (std::size_t c = 0; c < plans.size(); ++c) {
        const MultiColumn* column = columnOf(columns, plans[c]);
        const MultiColumn& asked = column == nullptr ? columns.identifier : *column;
        for (std::uint32_t row = 0; row < columns.rows; ++row) {
            const auto values = asked.of(row);
            if (values.empty()) continue;
            const bool one = column != nullptr && values.size() == 1;
            cells[row * plans.size() + c] = one ? values.front() : CompareContext::kSeveral;
        }
    }
    return cells;
}

// Only addresses of nothing but a postcode: of others the postcode alone does not decide.
std::vector<std::uint64_t> simplePostcodes(const Columns& columns) {
    std::vector<std::uint64_t> packed;
    packed.reserve(columns.addresses.size());
    for (const AddressEntry& entry : columns.addresses) {
        const bool simple = entry.postcode != kNoValue && entry.uprn == kNoValue && entry.house == kNoValue &&
                            entry.street == kNoValue && entry.home == kNoValue;
        // The first character only says that it is a postcode.
        packed.push_back(simple ? packedPostcode(columns.addressParts.text(entry.postcode).substr(1)) : 0);
    }
    return packed;
}

}  // namespace

LevelMemo::LevelMemo(std::uint32_t values) : m_values(values) {
    if (values == 0 || values > kLargestTable) return;
    m_levels = std::make_unique<std::atomic<std::uint8_t>[]>(static_cast<std::size_t>(values) * values);
}

CompareContext::CompareContext(const Columns& theColumns, const std::vector<ComparisonPlan>& thePlans)
    : columns(theColumns), plans(thePlans) {
    memos.reserve(plans.size());
    for (const ComparisonPlan& plan : plans) memos.emplace_back(dictionarySize(columns, plan));
    cells = rowCells(columns, plans);
    forenames = forenameFeatures(columns);
    surnames = surnameFeatures(columns);
    dates.reserve(columns.dates.size());
    for (const std::uint32_t date : columns.dates) dates.push_back(dateDigits(date));
    postcodes = simplePostcodes(columns);
    for (const ComparisonPlan& plan : plans) {
        unsigned levels = 0;
        for (unsigned level = 0; level < kNoLevel; ++level)
            levels |= plan.frequenciesOf(level) != nullptr ? 1U << level : 0U;
        agreeing.push_back(static_cast<std::uint16_t>(levels));
    }
}

PairComparer::PairComparer(const CompareContext& context) : m_context(context), m_cache(kCacheSlots, ~0ULL) {
    for (std::size_t c = 0; c < context.plans.size(); ++c) {
        if (context.plans[c].kind == ComparisonKind::Forename) m_forename = static_cast<int>(c);
        if (context.plans[c].kind == ComparisonKind::Surname) m_surname = static_cast<int>(c);
    }
}

template <typename LevelOf>
std::uint8_t PairComparer::memoised(std::size_t comparison, std::uint32_t x, std::uint32_t y, LevelOf levelOf) {
    // Not put in order first: one row of the table serves all pairs of one value, and stays in the cache.
    if (std::atomic<std::uint8_t>* entry = m_context.memos[comparison].entry(x, y)) {
        const std::uint8_t known = entry->load(std::memory_order_relaxed);
        if (known != 0) return static_cast<std::uint8_t>(known - 1U);
        const std::uint8_t level = levelOf(x, y);
        entry->store(static_cast<std::uint8_t>(level + 1U), std::memory_order_relaxed);
        m_context.memos[comparison].entry(y, x)->store(static_cast<std::uint8_t>(level + 1U),
                                                       std::memory_order_relaxed);
        return level;
    }
    if (x > y) std::swap(x, y);
    const std::uint64_t key = (((static_cast<std::uint64_t>(x) << kIdBits) | y) << 8U) | (comparison << 4U);
    std::uint64_t& slot = m_cache[mixed(key) & (kCacheSlots - 1)];
    if ((slot & ~15ULL) == key) return static_cast<std::uint8_t>(slot & 15U);
    const std::uint8_t level = levelOf(x, y);
    slot = key | level;
    return level;
}

std::uint32_t PairComparer::agreedValue(std::size_t comparison, std::uint8_t level, std::uint32_t id) const {
    const ComparisonPlan& plan = m_context.plans[comparison];
    const Columns& columns = m_context.columns;
    if (((m_context.agreeing[comparison] >> level) & 1U) == 0) return kNoValue;
    switch (plan.kind) {
        case ComparisonKind::Forename: return columns.forenames[id].first;
        case ComparisonKind::Surname: return columns.surnames[id].whole;
        case ComparisonKind::Address: return level == 0 ? columns.addresses[id].home : columns.addresses[id].postcode;
        case ComparisonKind::BirthDate:
        case ComparisonKind::Text: return id;
        case ComparisonKind::Sex:
        case ComparisonKind::Identifier: break;
    }
    return kNoValue;
}

PairComparer::Best PairComparer::bestOf(std::size_t comparison, const MultiColumn& column, std::uint32_t a,
                                        std::uint32_t b) {
    Best best;
    const ComparisonPlan& plan = m_context.plans[comparison];
    for (const std::uint32_t x : column.of(a)) {
        for (const std::uint32_t y : column.of(b)) {
            const auto [level, value] = single(comparison, x, y);
            if (level > best.level || level == kNoLevel) continue;
            if (level == best.level) {
                // Of two agreements of one level the rarer value is the better evidence.
                if (value == kNoValue || best.value == kNoValue) continue;
                const auto& counts = plan.frequenciesOf(level)->counts;
                if (counts[value] > counts[best.value] || (counts[value] == counts[best.value] && value >= best.value))
                    continue;
            }
            best = {level, value};
        }
    }
    return best;
}

std::uint8_t PairComparer::simpleAddressLevel(std::uint32_t x, std::uint32_t y) const {
    const AddressEntry& left = m_context.columns.addresses[x];
    const AddressEntry& right = m_context.columns.addresses[y];
    AddressLevel level = AddressLevel::Different;
    if (left.postcode == right.postcode) {
        level = AddressLevel::SamePostcode;
    } else if (isOneEditApart(m_context.postcodes[x], m_context.postcodes[y])) {
        level = AddressLevel::OneCharacter;
    } else if (left.sector != kNoValue && left.sector == right.sector) {
        level = AddressLevel::SameSector;
    } else if (left.district != kNoValue && left.district == right.district) {
        level = AddressLevel::SameDistrict;
    }
    return static_cast<std::uint8_t>(level);
}

std::uint8_t PairComparer::singleLevel(std::size_t comparison, std::uint32_t x, std::uint32_t y) {
    const Columns& columns = m_context.columns;
    const ComparisonPlan& plan = m_context.plans[comparison];
    switch (plan.kind) {
        case ComparisonKind::Forename:
            if (x == y) return static_cast<std::uint8_t>(forenameLevel(columns, x, y));
            if (surelyUnlike(m_context.forenames[x], m_context.forenames[y]))
                return static_cast<std::uint8_t>(ForenameLevel::Different);
            return memoised(comparison, x, y, [&](std::uint32_t p, std::uint32_t q) {
                return static_cast<std::uint8_t>(forenameLevel(columns, p, q));
            });
        case ComparisonKind::Surname:
            if (x == y) return static_cast<std::uint8_t>(SurnameLevel::Exact);
            if (surelyUnlike(m_context.surnames[x], m_context.surnames[y]))
                return static_cast<std::uint8_t>(SurnameLevel::Different);
            return memoised(comparison, x, y, [&](std::uint32_t p, std::uint32_t q) {
                return static_cast<std::uint8_t>(surnameLevel(columns, p, q));
            });
        case ComparisonKind::BirthDate:
            return static_cast<std::uint8_t>(dateLevel(m_context.dates[x], m_context.dates[y]));
        case ComparisonKind::Sex: return static_cast<std::uint8_t>(x == y ? SexLevel::Same : SexLevel::Different);
        case ComparisonKind::Address:
            if (m_context.postcodes[x] != 0 && m_context.postcodes[y] != 0) return simpleAddressLevel(x, y);
            return memoised(comparison, x, y,
                            [&](std::uint32_t p, std::uint32_t q) { return addressLevel(columns, p, q); });
        case ComparisonKind::Text: {
            if (x == y) return static_cast<std::uint8_t>(TextLevel::Exact);
            const Dictionary& texts = columns.attributeTexts[plan.attribute];
            const std::vector<TextShape>& shapes = columns.attributeShapes[plan.attribute];
            return static_cast<std::uint8_t>(textLevel({texts.text(x), shapes[x]}, {texts.text(y), shapes[y]}));
        }
        case ComparisonKind::Identifier: break;
    }
    return kNoLevel;
}

PairComparer::Best PairComparer::single(std::size_t comparison, std::uint32_t x, std::uint32_t y) {
    const std::uint8_t level = singleLevel(comparison, x, y);
    if (level == kNoLevel) return {};
    // The value is taken from the smaller id, so that comparing (b, a) gives the same.
    return {level, agreedValue(comparison, level, std::min(x, y))};
}

PairComparer::Best PairComparer::best(std::size_t comparison, std::uint32_t a, std::uint32_t b) {
    const std::uint32_t x = m_context.cellsOf(a)[comparison], y = m_context.cellsOf(b)[comparison];
    if (x == kNoValue || y == kNoValue) return {};
    if (x != CompareContext::kSeveral && y != CompareContext::kSeveral) return single(comparison, x, y);
    const MultiColumn* column = columnOf(m_context.columns, m_context.plans[comparison]);
    return column == nullptr ? bestIdentifier(a, b) : bestOf(comparison, *column, a, b);
}

PairComparer::Best PairComparer::bestIdentifier(std::uint32_t a, std::uint32_t b) const {
    const Columns& columns = m_context.columns;
    const auto left = columns.identifier.of(a);
    const auto right = columns.identifier.of(b);
    bool agrees = false, conflicts = false, near = false;
    for (const std::uint32_t x : left) {
        const IdentifierEntry& entry = columns.identifiers[x];
        const auto ofKind = [&](std::uint32_t id) { return columns.identifiers[id].kind == entry.kind; };
        if (std::ranges::none_of(right, ofKind)) continue;
        // A person may have had two values of a kind: one in common is agreement of the kind.
        const bool kindAgrees = std::ranges::any_of(
            left, [&](std::uint32_t id) { return ofKind(id) && std::ranges::find(right, id) != right.end(); });
        agrees = agrees || kindAgrees;
        conflicts = conflicts || (!kindAgrees && entry.unique);
        near =
            near || (!kindAgrees && std::ranges::any_of(right, [&](std::uint32_t id) {
                return ofKind(id) && isOneEditApart(columns.identifierTexts.text(x), columns.identifierTexts.text(id));
            }));
    }
    const auto level = [](IdentifierLevel value) { return Best{static_cast<std::uint8_t>(value), kNoValue}; };
    if (agrees) return level(conflicts ? IdentifierLevel::Mixed : IdentifierLevel::Agrees);
    if (near) return level(IdentifierLevel::OneCharacter);
    return conflicts ? level(IdentifierLevel::Conflict) : Best{};
}

// How the surnames of one record fit the forenames of another: the best over all versions.
template <typename LevelOf>
PairComparer::Crossing PairComparer::crossing(std::uint32_t surnamesOf, std::uint32_t forenamesOf,
                                              LevelOf levelOf) const {
    const Columns& columns = m_context.columns;
    Crossing best;
    for (const std::uint32_t s : columns.surname.of(surnamesOf)) {
        for (const std::uint32_t f : columns.forename.of(forenamesOf)) {
            const CrossLevel level = levelOf(columns, columns.forenames[f], columns.surnames[s]);
            if (level > best.level) best = {level, f, s};
        }
    }
    return best;
}

// Most pairs end at a few integers.
bool PairComparer::surelyNotCrossed(std::uint32_t a, std::uint32_t b) const {
    const auto forename = static_cast<std::size_t>(m_forename), surname = static_cast<std::size_t>(m_surname);
    const std::uint32_t *left = m_context.cellsOf(a), *right = m_context.cellsOf(b);
    for (const std::uint32_t id : {left[forename], left[surname], right[forename], right[surname]}) {
        if (id >= CompareContext::kSeveral) return false;
    }
    return link::surelyNotCrossed(m_context.forenames[left[forename]], m_context.surnames[right[surname]]) &&
           link::surelyNotCrossed(m_context.forenames[right[forename]], m_context.surnames[left[surname]]);
}

// Names in the wrong field. One name must be the very same across the fields, the other at least alike; where the
// other is missing, there is half the evidence, and one name alone may be alike.
void PairComparer::findCrossedNames(std::uint32_t a, std::uint32_t b, PairOutcome& out) const {
    if (surelyNotCrossed(a, b)) return;
    const Columns& columns = m_context.columns;
    const bool oneMissing = columns.surname.of(a).empty() || columns.forename.of(b).empty();
    const bool otherMissing = columns.surname.of(b).empty() || columns.forename.of(a).empty();
    if (oneMissing && otherMissing) return;
    if (oneMissing || otherMissing) {
        setCrossed(out, oneMissing ? crossing(b, a, crossLevel) : crossing(a, b, crossLevel));
        return;
    }
    Crossing one = crossing(a, b, crossExactLevel), other = crossing(b, a, crossExactLevel);
    if (one.level != CrossLevel::Same && other.level != CrossLevel::Same) return;
    if (one.level != CrossLevel::Same) one = crossing(a, b, crossLevel);
    if (other.level != CrossLevel::Same) other = crossing(b, a, crossLevel);
    if (one.level != CrossLevel::Different && other.level != CrossLevel::Different) setSwapped(out, one, other);
}

// Records that have a word in the column of a comparison.
std::uint32_t PairComparer::bearers(int comparison, std::uint32_t word) const {
    const auto& counts = m_context.plans[static_cast<std::size_t>(comparison)].exact.counts;
    return word < counts.size() ? counts[word] : 0;
}

void PairComparer::setCrossed(PairOutcome& out, const Crossing& found) const {
    if (found.level == CrossLevel::Different) return;
    const auto forename = static_cast<std::size_t>(m_forename), surname = static_cast<std::size_t>(m_surname);
    setLevel(out.pattern, forename, static_cast<std::uint8_t>(ForenameLevel::Crossed));
    setLevel(out.pattern, surname, kNoLevel);
    const std::uint32_t word = m_context.columns.forenames[found.forename].first;
    // Which of the two it is, its frequencies say; a surname's does not fit the level.
    const bool isForename = found.level == CrossLevel::Same && bearers(m_forename, word) >= bearers(m_surname, word);
    out.values[forename] = isForename ? word : kNoValue;
    out.values[surname] = kNoValue;
}

// The names as the record has them whose forename is the commoner one as a forename.
void PairComparer::setSwapped(PairOutcome& out, const Crossing& one, const Crossing& other) const {
    const Columns& columns = m_context.columns;
    const std::uint32_t ofOne = columns.forenames[one.forename].first;
    const std::uint32_t ofOther = columns.forenames[other.forename].first;
    const std::uint32_t oneBearers = bearers(m_forename, ofOne), otherBearers = bearers(m_forename, ofOther);
    // `one` is a surname of a beside a forename of b: the forename of a is in `other`.
    const bool asInA = otherBearers > oneBearers || (otherBearers == oneBearers && ofOther < ofOne);
    const Crossing& surnames = asInA ? one : other;
    const Crossing& forenames = asInA ? other : one;
    const auto forename = static_cast<std::size_t>(m_forename), surname = static_cast<std::size_t>(m_surname);
    setLevel(out.pattern, forename, static_cast<std::uint8_t>(ForenameLevel::Swapped));
    out.values[forename] = forenames.level == CrossLevel::Same ? columns.forenames[forenames.forename].first : kNoValue;
    const bool same = surnames.level == CrossLevel::Same;
    setLevel(out.pattern, surname, static_cast<std::uint8_t>(same ? SurnameLevel::Exact : SurnameLevel::Close));
    out.values[surname] = same ? columns.surnames[surnames.surname].whole : kNoValue;
}

void PairComparer::compare(std::uint32_t a, std::uint32_t b, PairOutcome& out) {
    out.pattern = ~0ULL;
    for (std::size_t c = 0; c < m_context.plans.size(); ++c) {
        const Best found = best(c, a, b);
        setLevel(out.pattern, c, found.level);
        out.values[c] = found.value;
    }
    if (m_forename < 0 || m_surname < 0) return;
    const auto forename = (out.pattern >> (4U * static_cast<unsigned>(m_forename))) & 15U;
    const auto surname = (out.pattern >> (4U * static_cast<unsigned>(m_surname))) & 15U;
    const bool forenamesFit = forename != static_cast<std::uint64_t>(ForenameLevel::Different) && forename != kNoLevel;
    const bool surnamesFit = surname != static_cast<std::uint64_t>(SurnameLevel::Different) && surname != kNoLevel;
    if (forenamesFit || surnamesFit) return;
    findCrossedNames(a, b, out);
}

}  // namespace fairlead::link
