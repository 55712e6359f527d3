#include "core/access/canonical_json.h"

#include <map>
#include <string_view>

#include "core/base/check.h"

namespace fairlead::access {

namespace {

void append(std::string& out, const boost::json::value& value) {
    if (const auto* object = value.if_object()) {
        std::map<std::string_view, const boost::json::value*> sorted;
        for (const auto& member : *object)
            sorted.emplace(std::string_view(member.key().data(), member.key().size()), &member.value());
        out += '{';
        for (bool first = true; const auto& [key, member] : sorted) {
            if (!std::exchange(first, false)) out += ',';
            out += boost::json::serialize(boost::json::value(boost::json::string(key.data(), key.size())));
            out += ':';
            append(out, *member);
        }
        out += '}';
    } else if (const auto* array = value.if_array()) {
        out += '[';
        for (bool first = true; const auto& element : *array) {
            if (!std::exchange(first, false)) out += ',';
            append(out, element);
        }
        out += ']';
    } else {
        FAIRLEAD_CHECK(!value.is_double());
        out += boost::json::serialize(value);
    }
}

}  // namespace

std::string canonicalJson(const boost::json::value& value) {
    std::string out;
    append(out, value);
    return out;
}

}  // namespace fairlead::access
