#include "app/cli/output.h"

#include <cstdio>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <fmt/format.h>

#include "core/base/date.h"
#include "ui/text/explain.h"

namespace fairlead::cli {

int explainFailure(std::string_view lead, const Error& error) {
    const text::Explanation words = text::explain(error);
    fmt::print(stderr, "{}: {} {} {}\n", lead, words.what, words.meaning, words.remedy);
    if (!error.detail.empty()) fmt::print(stderr, "  ({}: {})\n", name(error.code), error.detail);
    switch (error.code) {
        case ErrorCode::Cancelled: return kCancelled;
        case ErrorCode::InvalidArgument:
        case ErrorCode::NotFound:
        case ErrorCode::AlreadyExists:
        case ErrorCode::WeakPassphrase: return kUsage;
        default: return kRefused;
    }
}

void finish(int exitCode) {
    if (exitCode != kDone) throw CLI::RuntimeError(exitCode);
}

namespace {

void append(std::string& out, const boost::json::value& value, int depth);

/// Objects and arrays one entry a line, nested ones indented by two blanks.
template <typename Range, typename Entry>
void appendAll(std::string& out, const Range& range, int depth, char open, char close, const Entry& entry) {
    out += open;
    bool first = true;
    for (const auto& item : range) {
        out += first ? "\n" : ",\n";
        first = false;
        out.append(static_cast<std::size_t>(depth + 1) * 2, ' ');
        entry(item);
    }
    if (!first) {
        out += '\n';
        out.append(static_cast<std::size_t>(depth) * 2, ' ');
    }
    out += close;
}

void append(std::string& out, const boost::json::value& value, int depth) {
    if (const auto* object = value.if_object()) {
        appendAll(out, *object, depth, '{', '}', [&](const boost::json::key_value_pair& pair) {
            out += boost::json::serialize(boost::json::string(pair.key()));
            out += ": ";
            append(out, pair.value(), depth + 1);
        });
    } else if (const auto* array = value.if_array()) {
        appendAll(out, *array, depth, '[', ']', [&](const boost::json::value& item) { append(out, item, depth + 1); });
    } else {
        out += boost::json::serialize(value);
    }
}

}  // namespace

std::string utcTime(std::int64_t ms) {
    constexpr std::int64_t kDay = 86'400'000, kHour = 3'600'000, kMinute = 60'000;
    const Date day{static_cast<std::int32_t>(ms / kDay)};
    return fmt::format("{} {:02}:{:02} UTC", day.iso(), ms % kDay / kHour, ms % kHour / kMinute);
}

void printJson(const boost::json::value& document) {
    std::string out;
    append(out, document, 0);
    fmt::print("{}\n", out);
}

}  // namespace fairlead::cli
