// Records for the linkage tests, written short.

#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "core/link/engine.h"
#include "core/link/input.h"

namespace fairlead::link::test {

/// One person as one dataset might have it. Empty = missing; the birth date is ISO.
struct Person {
    std::string forenames, surname, birth, sex, postcode, house, upn, nhs;
};

inline SourceRecord recordOf(std::int64_t id, std::uint16_t dataset, const Person& person) {
    SourceRecord record;
    record.id = {id};
    record.dataset = dataset;
    record.names.push_back({person.forenames, person.surname, "current"});
    if (const auto date = Date::fromIso(person.birth)) record.birthDates.push_back(*date);
    record.sex = person.sex;
    record.addresses.push_back({"", "", person.house, "", person.postcode});
    if (!person.upn.empty()) record.identifiers.push_back({"upn", person.upn});
    if (!person.nhs.empty()) record.identifiers.push_back({"nhs", person.nhs});
    return record;
}

/// Records 1, 2, 3 ... each in a dataset of its own.
inline LinkInput inputOf(const std::vector<Person>& people) {
    LinkInput input;
    for (const Person& person : people) {
        const auto dataset = static_cast<std::uint16_t>(input.datasets.size());
        input.datasets.push_back({"dataset", false});
        input.records.push_back(recordOf(static_cast<std::int64_t>(input.records.size() + 1), dataset, person));
    }
    return input;
}

/// A small town: families of one surname, postcode and house, several records a person, some of them damaged.
/// Made by a fixed recipe; `truth` gives the person of each record.
struct Town {
    LinkInput input;
    std::vector<std::uint32_t> truth;
    std::vector<std::uint32_t> family;  ///< Per record.
};

inline Town makeTown(std::uint32_t families) {
    static const std::vector<std::string> forenames = {"Oliver", "Amelia", "Noah",   "Isla",   "George", "Ava",
                                                       "Arthur", "Lily",   "Yusuf",  "Zainab", "Kacper", "Maja",
                                                       "Idris",  "Hawa",   "Tomasz", "Grace",  "Ethan",  "Sofia",
                                                       "Rahul",  "Priya",  "Callum", "Freya",  "Dylan",  "Eleanor"};
    static const std::vector<std::string> heads = {"Ash", "Bar", "Cal", "Dun", "Els", "Far", "Gar",
                                                   "Hol", "Ing", "Jar", "Kel", "Lam", "Mor"};
    static const std::vector<std::string> tails = {"ton",   "ley", "worth", "ford", "by",   "combe",
                                                   "field", "man", "son",   "wick", "stead"};
    Town town;
    std::uint64_t state = 12345;
    const auto draw = [&](std::uint64_t below) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        return (state >> 33U) % below;
    };
    for (int d = 0; d < 3; ++d) town.input.datasets.push_back({"agency " + std::to_string(d), false});
    std::uint32_t person = 0;
    for (std::uint32_t family = 0; family < families; ++family) {
        const std::string surname = heads[draw(heads.size())] + tails[draw(tails.size())] + (draw(2) == 0 ? "" : "s");
        const std::string postcode = "BS" + std::to_string(1 + draw(16)) + " " + std::to_string(1 + draw(9)) +
                                     std::string(1, static_cast<char>('A' + draw(8))) +
                                     std::string(1, static_cast<char>('A' + draw(8)));
        const std::string house = std::to_string(1 + draw(90));
        const std::uint64_t children = 1 + draw(3);
        for (std::uint64_t child = 0; child < children; ++child, ++person) {
            Person one{
                forenames[draw(forenames.size())], surname, "", draw(2) == 0 ? "F" : "M", postcode, house, "", ""};
            const std::string month = std::to_string(101 + draw(12)).substr(1),
                              day = std::to_string(101 + draw(28)).substr(1);
            one.birth = std::to_string(2005 + draw(15)) + "-" + month + "-" + day;
            for (std::uint16_t dataset = 0; dataset < 3; ++dataset) {
                if (draw(10) < 3) continue;
                Person seen = one;
                if (draw(10) == 0) std::swap(seen.forenames[1], seen.forenames[2]);
                if (draw(12) == 0) seen.surname.pop_back();
                if (draw(15) == 0) seen.birth = "";
                if (draw(8) == 0) seen.postcode = "BS3 4QA";
                town.input.records.push_back(recordOf(static_cast<std::int64_t>(town.truth.size() + 1), dataset, seen));
                town.truth.push_back(person);
                town.family.push_back(family);
            }
        }
    }
    return town;
}

/// A town whose agencies also record who are brothers and sisters.
inline Town makeTownOfSiblings(std::uint32_t families) {
    Town town = makeTown(families);
    for (std::size_t i = 0; i < town.truth.size(); ++i) {
        for (std::size_t j = i + 1; j < town.truth.size() && town.family[j] == town.family[i]; ++j) {
            const SourceRecord &one = town.input.records[i], &other = town.input.records[j];
            if (one.dataset == other.dataset && town.truth[i] != town.truth[j])
                town.input.relations.push_back({one.id, other.id, RecordedRole::SiblingOf});
        }
    }
    return town;
}

/// Links with the shipped model and default options.
inline LinkResult linkedShipped(const LinkInput& input, const Decisions& decisions = {}, LinkOptions options = {}) {
    TaskContext task;
    auto result = fairlead::link::link(input, shippedModel(), decisions, options, task);
    return result ? std::move(*result) : LinkResult{};
}

/// The link between two records, null when there is none.
inline const ScoredLink* linkBetween(const LinkResult& result, std::int64_t a, std::int64_t b) {
    for (const ScoredLink& found : result.links) {
        if (found.a.value == std::min(a, b) && found.b.value == std::max(a, b)) return &found;
    }
    return nullptr;
}

}  // namespace fairlead::link::test
