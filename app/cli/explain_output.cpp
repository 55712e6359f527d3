#include "app/cli/explain_output.h"

#include <boost/json.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/cli/output.h"

namespace fairlead::cli {

namespace {

namespace json = boost::json;

std::string_view reasonOf(link::LinkKind kind) {
    switch (kind) {
        case link::LinkKind::ExactIdentifier: return "an identifier in common";
        case link::LinkKind::Scored: return "weight";
        case link::LinkKind::Decision: return "a reader's decision";
    }
    return "";
}

std::string records(std::uint32_t count) { return counted(count, "record"); }

}  // namespace

void printWhy(const link::Explanation& why, const link::Verdict& verdict) {
    fmt::print("{:<20} {:<62} {:>8} {:>10} {:>8}\n", "", "", "bits", "frequency", "sum");
    double sum = 0.0;
    for (const link::WaterfallStep& step : why.steps) {
        sum += step.bits + step.frequencyBits;
        const std::string frequency = step.frequencyBits == 0.0 ? "" : fmt::format("{:+.2f}", step.frequencyBits);
        fmt::print("{:<20} {:<62} {:>+8.2f} {:>10} {:>8.2f}\n", step.title, step.label, step.bits, frequency, sum);
    }
    fmt::print("{:<20} {:<62} {:>8} {:>10} {:>8.2f}\n", "Total", fmt::format("probability {:.4g}", why.probability), "",
               "", why.bits);
    fmt::print("{}\n{}\n", why.sentence, verdict.sentence);
    if (why.twinFlag) fmt::print("Look twice: surname, birth date and address agree, as with twins.\n");
    if (why.rules.empty())
        fmt::print("No blocking rule brings the two together.\n");
    else
        fmt::print("Brought together by: {}\n", fmt::join(why.rules, "; "));
}

void printHow(const std::vector<link::JoinStep>& steps, const RecordName& nameOf) {
    if (steps.empty()) fmt::print("Nothing was joined to either.\n");
    int number = 0;
    for (const link::JoinStep& step : steps)
        fmt::print("{:>3}. {} ({}) with {} ({}) by {}, {:.2f} bits\n", ++number, nameOf(step.link.a),
                   records(step.left), nameOf(step.link.b), records(step.right), reasonOf(step.link.kind),
                   step.link.bits);
}

json::object whyJson(const link::Explanation& why, const link::Verdict& verdict) {
    json::array steps;
    for (const link::WaterfallStep& step : why.steps)
        steps.push_back(json::object{
            {"title", step.title}, {"level", step.label}, {"bits", step.bits}, {"frequency_bits", step.frequencyBits}});
    return {{"steps", std::move(steps)},
            {"bits", why.bits},
            {"probability", why.probability},
            {"rules", json::array(why.rules.begin(), why.rules.end())},
            {"identifier_agrees", why.identifierAgrees},
            {"twin_flag", why.twinFlag},
            {"sentence", why.sentence},
            {"together", verdict.together},
            {"state", verdict.link ? json::value(link::name(verdict.link->state)) : json::value()},
            {"verdict", verdict.sentence}};
}

json::array howJson(const std::vector<link::JoinStep>& steps, const RecordName& nameOf) {
    json::array list;
    for (const link::JoinStep& step : steps)
        list.push_back(json::object{{"a", nameOf(step.link.a)},
                                    {"b", nameOf(step.link.b)},
                                    {"bits", step.link.bits},
                                    {"kind", link::name(step.link.kind)},
                                    {"records_a", step.left},
                                    {"records_b", step.right}});
    return list;
}

}  // namespace fairlead::cli
