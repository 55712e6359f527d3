#include <algorithm>
#include <array>
#include <cmath>

#include "core/splink/functions.h"

namespace fairlead::splink {
namespace {

using Arguments = std::span<const Value>;

bool holds(std::span<const Value> items, const Value& value) {
    return std::ranges::any_of(items, [&](const Value& item) { return sameValue(item, value); });
}

std::vector<Value> distinctOf(std::span<const Value> items) {
    std::vector<Value> out;
    for (const Value& item : items) {
        if (!item.isNull() && !holds(out, item)) out.push_back(item);
    }
    return out;
}

Value count(Arguments arguments, const CallContext& context) {
    const Value list = toList(arguments[0], context.arena);
    return list.isNull() ? Value{} : Value::ofNumber(list.itemCount);
}

// Items of the first that the second has, each once, NULLs left out.
Value intersect(Arguments arguments, const CallContext& context) {
    const Value a = toList(arguments[0], context.arena), b = toList(arguments[1], context.arena);
    if (a.isNull() || b.isNull()) return {};
    std::vector<Value> out = distinctOf(a.list());
    std::erase_if(out, [&](const Value& item) { return !holds(b.list(), item); });
    return context.arena.list(std::move(out));
}

Value distinct(Arguments arguments, const CallContext& context) {
    const Value list = toList(arguments[0], context.arena);
    return list.isNull() ? Value{} : context.arena.list(distinctOf(list.list()));
}

Value hasItem(Arguments arguments, const CallContext& context) {
    const Value list = toList(arguments[0], context.arena);
    return list.isNull() ? Value{} : Value::boolean(holds(list.list(), arguments[1]));
}

Value hasAny(Arguments arguments, const CallContext& context) {
    const Value shared = intersect(arguments, context);
    return shared.isNull() ? Value{} : Value::boolean(shared.itemCount > 0);
}

Value hasAll(Arguments arguments, const CallContext& context) {
    const Value a = toList(arguments[0], context.arena), b = toList(arguments[1], context.arena);
    if (a.isNull() || b.isNull()) return {};
    return Value::boolean(std::ranges::all_of(b.list(), [&](const Value& item) { return holds(a.list(), item); }));
}

Value with(const Value& list, const Value& item, bool inFront, const CallContext& context) {
    std::vector<Value> items(list.list().begin(), list.list().end());
    items.insert(inFront ? items.begin() : items.end(), item);
    return context.arena.list(std::move(items));
}

// list_prepend(item, list); a NULL list counts as empty, as in DuckDB.
Value prepend(Arguments arguments, const CallContext& context) {
    return with(toList(arguments[1], context.arena), arguments[0], true, context);
}
// Spark's array_prepend has the list first.
Value arrayPrepend(Arguments arguments, const CallContext& context) {
    const bool listFirst = context.dialect == Dialect::Spark;
    return with(toList(arguments[listFirst ? 0 : 1], context.arena), arguments[listFirst ? 1 : 0], true, context);
}
Value append(Arguments arguments, const CallContext& context) {
    return with(toList(arguments[0], context.arena), arguments[1], false, context);
}

Value flatten(Arguments arguments, const CallContext& context) {
    const Value lists = toList(arguments[0], context.arena);
    if (lists.isNull()) return {};
    std::vector<Value> out;
    for (const Value& inner : lists.list()) {
        const Value list = toList(inner, context.arena);
        out.insert(out.end(), list.list().begin(), list.list().end());
    }
    return context.arena.list(std::move(out));
}

template <int Sign>
Value extremeItem(Arguments arguments, const CallContext& context) {
    const Value list = toList(arguments[0], context.arena);
    Value best;
    for (const Value& item : list.list()) {
        const auto order = compareValues(item, best);
        if (best.isNull() || (order && *order * Sign > 0)) best = item;
    }
    return best;
}

Value sum(Arguments arguments, const CallContext& context) {
    const Value list = toList(arguments[0], context.arena);
    double total = 0.0;
    bool any = false;
    for (const Value& item : list.list()) {
        const Value number = toNumber(item);
        any = any || !number.isNull();
        total += number.number;
    }
    return any ? Value::ofNumber(total) : Value{};
}

Value listOf(Arguments arguments, const CallContext& context) {
    return context.arena.list({arguments.begin(), arguments.end()});
}

constexpr std::array kFunctions = {
    Function{"array_length", 1, 1, count},
    Function{"list_length", 1, 1, count},
    Function{"array_size", 1, 1, count},
    Function{"cardinality", 1, 1, count},
    Function{"size", 1, 1, count},
    Function{"list_intersect", 2, 2, intersect},
    Function{"array_intersect", 2, 2, intersect},
    Function{"list_distinct", 1, 1, distinct},
    Function{"array_distinct", 1, 1, distinct},
    Function{"list_contains", 2, 2, hasItem},
    Function{"list_has", 2, 2, hasItem},
    Function{"array_contains", 2, 2, hasItem},
    Function{"array_has", 2, 2, hasItem},
    Function{"list_has_any", 2, 2, hasAny},
    Function{"array_has_any", 2, 2, hasAny},
    Function{"arrays_overlap", 2, 2, hasAny},
    Function{"list_has_all", 2, 2, hasAll},
    Function{"array_has_all", 2, 2, hasAll},
    Function{"list_prepend", 2, 2, prepend, true},
    Function{"array_prepend", 2, 2, arrayPrepend, true},
    Function{"list_append", 2, 2, append, true},
    Function{"array_append", 2, 2, append, true},
    Function{"flatten", 1, 1, flatten},
    Function{"list_max", 1, 1, extremeItem<1>},
    Function{"array_max", 1, 1, extremeItem<1>},
    Function{"list_min", 1, 1, extremeItem<-1>},
    Function{"array_min", 1, 1, extremeItem<-1>},
    Function{"list_sum", 1, 1, sum},
    Function{"list_value", 0, 255, listOf, true},
    Function{"array", 0, 255, listOf, true},
    Function{"list_transform", 2, 2, nullptr, false, Special::Transform},
    Function{"array_transform", 2, 2, nullptr, false, Special::Transform},
    Function{"list_apply", 2, 2, nullptr, false, Special::Transform},
    Function{"transform", 2, 2, nullptr, false, Special::Transform},
    Function{"list_filter", 2, 2, nullptr, false, Special::Filter},
    Function{"array_filter", 2, 2, nullptr, false, Special::Filter},
    Function{"filter", 2, 2, nullptr, false, Special::Filter},
    Function{"list_reduce", 2, 2, nullptr, false, Special::Reduce},
    Function{"array_reduce", 2, 2, nullptr, false, Special::Reduce},
    Function{"aggregate", 3, 3, nullptr, false, Special::Reduce},
};

}  // namespace

std::span<const Function> listFunctions() { return kFunctions; }

}  // namespace fairlead::splink
