// quality: what was supplied and when, how complete it is, what breaks a rule, what could be linked.

#include <memory>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/running_task.h"
#include "app/cli/session.h"
#include "core/record/agency.h"
#include "core/workspace/quality.h"

namespace fairlead::cli {

namespace {

namespace json = boost::json;
using namespace workspace;

struct QualityOptions {
    SessionOptions session;
    bool json = false;
};

std::string_view wordOf(Supply supply) {
    switch (supply) {
        case Supply::Before: return "before";
        case Supply::Whole: return "whole";
        case Supply::Late: return "late";
        case Supply::Part: return "part";
        case Supply::Missing: return "missing";
    }
    return {};
}

std::string sourceOf(const QualitySource& source) { return record::sourceTitle(source.agency, source.dataset); }

json::object jsonOf(const QualitySource& source) { return {{"agency", source.agency}, {"dataset", source.dataset}}; }

json::object jsonOf(const Share& share) { return {{"part", share.part}, {"of", share.of}}; }

json::array supplyJson(const QualityPage& page) {
    json::array list;
    for (const SupplyLine& line : page.supply) {
        json::object entry = jsonOf(line.source);
        json::array months;
        for (const Supply supply : line.months) months.emplace_back(wordOf(supply));
        entry["months"] = std::move(months);
        entry["data_as_at"] = line.dataAsAt.iso();
        entry["deliveries"] = line.deliveries;
        entry["numbers_missing"] = line.numbersMissing;
        entry["known_gaps"] = json::array(line.gaps.begin(), line.gaps.end());
        list.push_back(std::move(entry));
    }
    return list;
}

json::array fieldsJson(const QualityPage& page) {
    json::array list;
    for (const FieldLine& line : page.fields) {
        json::object entry = jsonOf(line.source);
        json::array months;
        for (const Share& share : line.months) months.push_back(jsonOf(share));
        entry["field"] = name(line.field);
        entry["all"] = jsonOf(line.all);
        entry["months"] = std::move(months);
        list.push_back(std::move(entry));
    }
    return list;
}

json::array volumesJson(const QualityPage& page) {
    json::array list;
    for (const VolumeLine& line : page.volumes) {
        json::object entry = jsonOf(line.source);
        json::array outside;
        for (const std::size_t month : line.outside) outside.emplace_back(page.months[month].iso());
        entry["kind"] = record::entry(line.kind).id;
        entry["months"] = json::array(line.months.begin(), line.months.end());
        entry["outside"] = std::move(outside);
        if (line.limits)
            entry["limits"] = {
                {"centre", line.limits->centre}, {"lower", line.limits->lower}, {"upper", line.limits->upper}};
        list.push_back(std::move(entry));
    }
    return list;
}

json::array rulesJson(const QualityPage& page) {
    json::array list;
    for (const RuleLine& line : page.rules) {
        json::object entry = jsonOf(line.source);
        json::array rows;
        for (const RuleRow& row : line.rows)
            rows.push_back({{"file", row.fileName}, {"row", row.row}, {"record", row.record}});
        entry["rule"] = name(line.rule);
        entry["broken"] = jsonOf(line.broken);
        entry["rows"] = std::move(rows);
        list.push_back(std::move(entry));
    }
    return list;
}

json::object linksJson(const QualityPage& page) {
    json::array sources;
    for (const SourceLinks& line : page.sourceLinks) {
        json::object entry = jsonOf(line.source);
        entry["with_others"] = jsonOf(line.withOthers);
        entry["children_on_roll"] = jsonOf(line.childrenOnRoll);
        entry["waiting"] = line.waiting;
        sources.push_back(std::move(entry));
    }
    json::array schools;
    for (const SchoolLinks& line : page.schoolLinks)
        schools.push_back({{"urn", line.school.value},
                           {"name", line.name},
                           {"on_roll", indicator::shorthand(line.onRoll)},
                           {"known", indicator::shorthand(line.known)},
                           {"waiting", indicator::shorthand(line.waiting)}});
    json::array groups;
    for (const FairnessLine& line : page.fairness) {
        json::object entry{{"by", line.by},
                           {"group", line.group},
                           {"children", indicator::shorthand(line.children)},
                           {"linked", indicator::shorthand(line.linked)}};
        if (line.percent) entry["percent"] = *line.percent;
        groups.push_back(std::move(entry));
    }
    return {{"sources", std::move(sources)}, {"schools", std::move(schools)}, {"groups", std::move(groups)}};
}

json::array unlinkableJson(const QualityPage& page) {
    json::array list;
    for (const Unlinkable& row : page.unlinkableRows) {
        json::object entry = jsonOf(row.source);
        json::array lacks;
        for (const Field field : row.lacks) lacks.emplace_back(name(field));
        entry["record"] = row.record;
        entry["lacks"] = std::move(lacks);
        entry["linked"] = row.linked;
        list.push_back(std::move(entry));
    }
    return list;
}

json::object jsonOf(const QualityPage& page) {
    json::array months;
    for (const Date month : page.months) months.emplace_back(month.iso());
    json::array refusals;
    for (const Refusal& refusal : page.refusals)
        refusals.push_back(
            {{"on", refusal.on.iso()}, {"code", refusal.code}, {"file", refusal.fileName}, {"detail", refusal.detail}});
    return {{"as_at", page.asAt.iso()},
            {"known_at", page.knownAt.value},
            {"linked", page.linked},
            {"months", std::move(months)},
            {"supply", supplyJson(page)},
            {"fields", fieldsJson(page)},
            {"volumes", volumesJson(page)},
            {"rules", rulesJson(page)},
            {"refusals", std::move(refusals)},
            {"links", linksJson(page)},
            {"unlinkable", json::array(page.unlinkable.begin(), page.unlinkable.end())},
            {"unlinkable_rows", unlinkableJson(page)}};
}

std::string percentOf(const Share& share) {
    const auto percent = share.percent();
    return percent ? fmt::format("{:.1f}%", *percent) : "-";
}

void printSupply(const QualityPage& page) {
    fmt::print("Supply, month by month (# whole, L late, / part, . missing, blank: before the first delivery)\n");
    for (const SupplyLine& line : page.supply) {
        std::string marks;
        for (const Supply supply : line.months) marks += " #L/."[static_cast<std::size_t>(supply)];
        fmt::print("  {:<40} [{}]  data to {}{}\n", sourceOf(line.source), marks, line.dataAsAt.uk(),
                   line.numbersMissing > 0 ? fmt::format(", {} deliveries missing", line.numbersMissing) : "");
    }
}

void printFieldsAndRules(const QualityPage& page) {
    fmt::print("\nFields that are filled in\n");
    for (const FieldLine& line : page.fields)
        fmt::print("  {:<40} {:<14} {:>7} of {}\n", sourceOf(line.source), name(line.field), percentOf(line.all),
                   line.all.of);
    fmt::print("\nMonths outside their limits (median +- 3 spreads)\n");
    for (const VolumeLine& line : page.volumes)
        for (const std::size_t month : line.outside)
            fmt::print("  {:<40} {:<24} {}: {} (usual {:.0f} to {:.0f})\n", sourceOf(line.source),
                       record::entry(line.kind).title, page.months[month].iso().substr(0, 7), line.months[month],
                       line.limits->lower, line.limits->upper);
    fmt::print("\nRows that break a rule\n");
    for (const RuleLine& line : page.rules)
        if (line.broken.part > 0)
            fmt::print("  {:<40} {:<22} {} of {}\n", sourceOf(line.source), name(line.rule), line.broken.part,
                       line.broken.of);
    for (const Refusal& refusal : page.refusals)
        fmt::print("  refused on {}: {} {} {}\n", refusal.on.uk(), refusal.fileName, refusal.code, refusal.detail);
}

void printLinks(const QualityPage& page) {
    fmt::print("\nToo little to link: neither an identifier, nor a full name with a birth date or a home\n");
    for (std::size_t i = 0; i < page.supply.size(); ++i)
        fmt::print("  {:<40} {}\n", sourceOf(page.supply[i].source), page.unlinkable[i]);
    if (!page.linked) {
        fmt::print("\nNothing is linked yet.\n");
        return;
    }
    fmt::print("\nLinked with another dataset; of children aged 5 to 15, found on a roll\n");
    for (const SourceLinks& line : page.sourceLinks)
        fmt::print("  {:<40} {:>7}  {:>7}  {} wait for a reader\n", sourceOf(line.source), percentOf(line.withOthers),
                   percentOf(line.childrenOnRoll), line.waiting);
    fmt::print("\nChildren aged 5 to 15 of the other datasets that were found on a roll, by group ([c] = withheld)\n");
    for (const FairnessLine& line : page.fairness)
        fmt::print("  {:<5} {:<14} {:>8} of {:>8}  {}\n", line.by, line.group.empty() ? "not supplied" : line.group,
                   indicator::shorthand(line.linked), indicator::shorthand(line.children),
                   line.percent ? fmt::format("{:.1f}%", *line.percent) : "[c]");
}

int run(const QualityOptions& options) {
    auto session = openSession(options.session);
    if (!session) return explainFailure("Not opened", session.error());
    RunningTask task("Data quality");
    const auto page = quality(**session, task.context());
    if (!page) return explainFailure("Not shown", page.error());
    if (options.json) {
        printJson(jsonOf(*page));
        return kDone;
    }
    fmt::print("Data quality to {}, as known at load {}\n\n", page->asAt.uk(), page->knownAt.value);
    printSupply(*page);
    printFieldsAndRules(*page);
    printLinks(*page);
    return kDone;
}

}  // namespace

void addQualityCommand(CLI::App& app) {
    CLI::App* command = app.add_subcommand(
        "quality", "What was supplied, how complete it is, what breaks a rule, what could be linked");
    const auto options = std::make_shared<QualityOptions>();
    addSessionOptions(*command, options->session);
    command->add_flag("--json", options->json, "As JSON");
    command->callback([options] { finish(run(*options)); });
}

}  // namespace fairlead::cli
