#include "core/link/compare.h"

#include <algorithm>
#include <bit>

#include "core/link/names_across.h"

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

// The kind of each SketchPlace.
constexpr std::array<ComparisonKind, kSketchPlaces> kSketched = {ComparisonKind::Forename, ComparisonKind::Surname,
                                                                 ComparisonKind::BirthDate, ComparisonKind::Sex,
                                                                 ComparisonKind::Address};

std::vector<std::uint32_t> rowCells(const CompareContext& context) {
    const Columns& columns = context.columns;
    const std::size_t width = context.others.size();
    std::vector<std::uint32_t> cells(columns.rows * width, kNoValue);
    for (std::size_t i = 0; i < width; ++i) {
        const MultiColumn* column = columnOf(columns, context.plans[context.others[i]]);
        const MultiColumn& asked = column == nullptr ? columns.identifier : *column;
        for (std::uint32_t row = 0; row < columns.rows; ++row) {
            const auto values = asked.of(row);
            if (values.empty()) continue;
            const bool one = column != nullptr && values.size() == 1;
            cells[row * width + i] = one ? values.front() : RowSketch::kSeveral;
        }
    }
    return cells;
}

}  // namespace

LevelMemo::LevelMemo(std::uint32_t values) : m_values(values) {
    if (values == 0 || values > kLargestTable) return;
    m_levels = std::make_unique<std::atomic<std::uint8_t>[]>(static_cast<std::size_t>(values) * values);
}

CompareContext::CompareContext(const Columns& theColumns, const std::vector<ComparisonPlan>& thePlans)
    : columns(theColumns), plans(thePlans), sketches(columns) {
    memos.reserve(plans.size());
    for (const ComparisonPlan& plan : plans) memos.emplace_back(dictionarySize(columns, plan));
    for (std::size_t place = 0; place < kSketchPlaces; ++place) {
        const int position = positionOf(plans, kSketched[place]);
        positions[place] = position < 0 ? kNowhere : static_cast<std::uint8_t>(position);
        settled |= position < 0 ? 0U : 1U << place;
        if (position >= 0) unplaced &= ~(15ULL << (4U * positions[place]));
    }
    if ((settled & QuickLevels::kNames) == QuickLevels::kNames) settled |= QuickLevels::kCrossing;
    for (std::size_t c = 0; c < plans.size(); ++c) {
        if (std::ranges::find(positions, c) == positions.end()) {
            others.push_back(static_cast<std::uint8_t>(c));
            const bool isText = plans[c].kind == ComparisonKind::Text;
            texts.push_back(isText ? sketches.texts[plans[c].attribute].data() : nullptr);
        }
        unsigned levels = 0;
        for (unsigned level = 0; level < kNoLevel; ++level)
            levels |= plans[c].frequenciesOf(level) != nullptr ? 1U << level : 0U;
        agreeing.push_back(static_cast<std::uint16_t>(levels));
    }
    cells = rowCells(*this);
}

PairComparer::PairComparer(const CompareContext& context) : m_context(context), m_cache(kCacheSlots, ~0ULL) {}

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

std::uint32_t PairComparer::levelValue(std::size_t comparison, std::uint8_t level, std::uint32_t id) const {
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

std::uint8_t PairComparer::singleLevel(std::size_t comparison, std::uint32_t x, std::uint32_t y) {
    const Columns& columns = m_context.columns;
    const ComparisonPlan& plan = m_context.plans[comparison];
    const Sketches& sketches = m_context.sketches;
    switch (plan.kind) {
        case ComparisonKind::Forename:
            if (x == y) return static_cast<std::uint8_t>(forenameLevel(columns, x, y));
            if (!sketches.nameBounds.mayBeAlike(sketches.forenames[x], sketches.forenames[y]) &&
                !bothGrouped(sketches.forenames[x], sketches.forenames[y]))
                return static_cast<std::uint8_t>(ForenameLevel::Different);
            return memoised(comparison, x, y, [&](std::uint32_t p, std::uint32_t q) {
                return static_cast<std::uint8_t>(forenameLevel(columns, p, q));
            });
        case ComparisonKind::Surname:
            if (x == y) return static_cast<std::uint8_t>(SurnameLevel::Exact);
            if (!sketches.nameBounds.mayBeAlike(sketches.surnames[x], sketches.surnames[y]))
                return static_cast<std::uint8_t>(SurnameLevel::Different);
            return memoised(comparison, x, y, [&](std::uint32_t p, std::uint32_t q) {
                return static_cast<std::uint8_t>(surnameLevel(columns, p, q));
            });
        case ComparisonKind::BirthDate:
            return static_cast<std::uint8_t>(dateLevel(sketches.dates[x], sketches.dates[y]));
        case ComparisonKind::Sex: return static_cast<std::uint8_t>(x == y ? SexLevel::Same : SexLevel::Different);
        case ComparisonKind::Address:
            if (sketches.postcodes[x] != 0 && sketches.postcodes[y] != 0)
                return static_cast<std::uint8_t>(postcodeLevel(sketches.postcodes[x], sketches.postcodes[y]));
            return memoised(comparison, x, y,
                            [&](std::uint32_t p, std::uint32_t q) { return addressLevel(columns, p, q); });
        case ComparisonKind::Text: {
            if (x == y) return static_cast<std::uint8_t>(TextLevel::Exact);
            const std::vector<NameSketch>& shown = sketches.texts[plan.attribute];
            if (!sketches.textBounds.mayBeAlike(shown[x], shown[y]))
                return static_cast<std::uint8_t>(TextLevel::Different);
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
    return {level, levelValue(comparison, level, std::min(x, y))};
}

// The one value of a row, kNoValue, or kSeveral.
std::uint32_t PairComparer::valueOf(std::size_t comparison, std::uint32_t row) const {
    const RowSketch& sketch = m_context.sketchOf(row);
    switch (m_context.plans[comparison].kind) {
        case ComparisonKind::Forename: return sketch.forenameId;
        case ComparisonKind::Surname: return sketch.surnameId;
        case ComparisonKind::Address: return sketch.addressId;
        case ComparisonKind::Identifier: return RowSketch::kSeveral;
        case ComparisonKind::BirthDate:
        case ComparisonKind::Sex:
        case ComparisonKind::Text: break;
    }
    const auto values = columnOf(m_context.columns, m_context.plans[comparison])->of(row);
    if (values.empty()) return kNoValue;
    return values.size() == 1 ? values.front() : RowSketch::kSeveral;
}

PairComparer::Best PairComparer::best(std::size_t comparison, std::uint32_t a, std::uint32_t b) {
    const std::uint32_t x = valueOf(comparison, a), y = valueOf(comparison, b);
    if (x < RowSketch::kSeveral && y < RowSketch::kSeveral) return single(comparison, x, y);
    const MultiColumn* column = columnOf(m_context.columns, m_context.plans[comparison]);
    return column == nullptr ? bestIdentifier(a, b) : bestOf(comparison, *column, a, b);
}

// The value that the two agree on at this level.
std::uint32_t PairComparer::agreedValue(std::size_t comparison, std::uint8_t level, std::uint32_t a, std::uint32_t b) {
    if (((m_context.agreeing[comparison] >> level) & 1U) == 0) return kNoValue;
    const std::uint32_t x = valueOf(comparison, a), y = valueOf(comparison, b);
    if (x < RowSketch::kSeveral && y < RowSketch::kSeveral) return levelValue(comparison, level, std::min(x, y));
    return best(comparison, a, b).value;
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

std::uint64_t PairComparer::placed(std::uint32_t levels) const {
    std::uint64_t pattern = m_context.unplaced;
    for (std::size_t place = 0; place < kSketchPlaces; ++place)
        pattern |= static_cast<std::uint64_t>((levels >> (4U * place)) & 15U) << (4U * m_context.positions[place]);
    return pattern;
}

bool PairComparer::isOpen(const QuickLevels& quick) const {
    const std::uint32_t open = quick.open & m_context.settled;
    return ((open & QuickLevels::kPlaces) != 0) | ((open != 0) & quick.namesDiffer());
}

// Looks at the values of what the sketches leave open.
std::uint64_t PairComparer::settle(RowPair pair, QuickLevels quick) {
    const std::uint32_t open = quick.open & m_context.settled;
    for (std::uint32_t places = open & QuickLevels::kPlaces; places != 0; places &= places - 1) {
        const int place = std::countr_zero(places);
        quick.set(static_cast<SketchPlace>(place),
                  best(m_context.positions[static_cast<std::size_t>(place)], pair.a, pair.b).level);
    }
    const std::uint64_t pattern = placed(quick.levels);
    if ((open & QuickLevels::kCrossing) == 0 || !quick.namesDiffer()) return pattern;
    PairOutcome outcome;
    outcome.pattern = pattern;
    NamesAcross(m_context).find(pair.a, pair.b, outcome);
    return outcome.pattern;
}

void PairComparer::compareOthers(RowPair pair, std::uint64_t& pattern) {
    const std::uint32_t *left = m_context.cellsOf(pair.a), *right = m_context.cellsOf(pair.b);
    for (std::size_t i = 0; i < m_context.others.size(); ++i) {
        const std::uint32_t x = left[i], y = right[i];
        if (x == kNoValue || y == kNoValue) continue;
        const std::size_t comparison = m_context.others[i];
        const bool single = x != RowSketch::kSeveral && y != RowSketch::kSeveral;
        setLevel(pattern, comparison, single ? singleLevel(comparison, x, y) : best(comparison, pair.a, pair.b).level);
    }
}

void PairComparer::patterns(std::span<const RowPair> pairs, std::span<std::uint64_t> out) {
    constexpr std::size_t kBlock = 32;
    struct Open {
        std::uint32_t at = 0;
        QuickLevels quick;
    };
    std::array<Open, kBlock> open;
    const auto prefetch = [&](std::size_t begin) __attribute__((always_inline)) {
        for (std::size_t i = begin; i < std::min(pairs.size(), begin + kBlock); ++i) {
            m_context.prefetch(pairs[i].a);
            m_context.prefetch(pairs[i].b);
        }
    };
    const LetterBounds& bounds = m_context.sketches.nameBounds;
    prefetch(0);
    for (std::size_t begin = 0; begin < pairs.size(); begin += kBlock) {
        prefetch(begin + kBlock);
        const std::size_t end = std::min(pairs.size(), begin + kBlock);
        std::size_t count = 0;
        for (std::size_t i = begin; i < end; ++i) {
            const QuickLevels quick =
                quickLevels(m_context.sketchOf(pairs[i].a), m_context.sketchOf(pairs[i].b), bounds);
            out[i] = placed(quick.levels);
            open[count] = {static_cast<std::uint32_t>(i), quick};
            count += isOpen(quick) ? 1U : 0U;
        }
        for (std::size_t k = 0; k < count; ++k) out[open[k].at] = settle(pairs[open[k].at], open[k].quick);
        if (m_context.others.empty()) continue;
        for (std::size_t i = begin; i < end; ++i) m_context.prefetchTexts(pairs[i]);
        for (std::size_t i = begin; i < end; ++i) compareOthers(pairs[i], out[i]);
    }
}

void PairComparer::compare(std::uint32_t a, std::uint32_t b, PairOutcome& out) {
    const RowPair pair{a, b};
    const QuickLevels quick = quickLevels(m_context.sketchOf(a), m_context.sketchOf(b), m_context.sketches.nameBounds);
    out.pattern = isOpen(quick) ? settle(pair, quick) : placed(quick.levels);
    compareOthers(pair, out.pattern);
    findValues(a, b, out);
}

void PairComparer::findValues(std::uint32_t a, std::uint32_t b, PairOutcome& out) {
    for (std::size_t c = 0; c < m_context.plans.size(); ++c) {
        const auto level = static_cast<std::uint8_t>((out.pattern >> (4 * c)) & 15U);
        out.values[c] = agreedValue(c, level, a, b);
    }
    const std::size_t forename = m_context.positions[0];
    if (forename == CompareContext::kNowhere) return;
    const auto level = static_cast<ForenameLevel>((out.pattern >> (4 * forename)) & 15U);
    if (level == ForenameLevel::Swapped || level == ForenameLevel::Crossed) NamesAcross(m_context).find(a, b, out);
}

}  // namespace fairlead::link
