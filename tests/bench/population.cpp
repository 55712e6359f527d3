#include "tests/bench/population.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include <fmt/format.h>

namespace fairlead::bench {
namespace {

// A generator of our own (splitmix64): the standard library's distributions differ from one to the next.
class Random {
public:
    explicit Random(std::uint64_t seed) : m_state(seed) {}
    std::uint64_t next() {
        m_state += 0x9e3779b97f4a7c15ULL;
        std::uint64_t z = m_state;
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31U);
    }
    std::uint32_t below(std::uint64_t limit) { return static_cast<std::uint32_t>(next() % limit); }
    double share() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }
    bool chance(double probability) { return share() < probability; }

private:
    std::uint64_t m_state;
};

// Ranks with a probability of about 1 / (rank + shift), by inversion of the continuous law.
std::uint32_t zipfRank(Random& random, std::uint32_t ranks, double shift) {
    const double spread = std::log((ranks + shift) / shift);
    const auto rank = static_cast<std::uint32_t>(shift * (std::exp(random.share() * spread) - 1.0));
    return std::min(rank, ranks - 1);
}

std::string nameOfRank(std::uint32_t rank, std::uint64_t kind) {
    constexpr auto kHeads =
        std::to_array<std::string_view>({"b", "br", "c", "ch", "d", "f", "g",  "gr", "h",  "j", "k",
                                         "l", "m",  "n", "p",  "r", "s", "st", "t",  "th", "v", "w"});
    constexpr auto kVowels = std::to_array<std::string_view>({"a", "e", "i", "o", "u", "ai", "ea", "ou", "y"});
    constexpr auto kTails =
        std::to_array<std::string_view>({"", "", "n", "l", "r", "s", "m", "ck", "nd", "rt", "ll", "son", "ton", "ley"});
    Random random(kind * 1'000'003 + rank);
    std::string name;
    const std::uint32_t syllables = 2 + (rank > 200 ? random.below(2) : 0);
    for (std::uint32_t i = 0; i < syllables; ++i) {
        name += kHeads[random.below(kHeads.size())];
        name += kVowels[random.below(kVowels.size())];
    }
    name += kTails[random.below(kTails.size())];
    return name;
}

struct Person {
    std::uint32_t forename = 0, surname = 0, postcode = 0;
    std::uint16_t birthDay = 0;  // counted from 1930
    bool isFemale = false;
};

struct Record {
    std::string forename, surname, dob, postcode, sex;
};

std::string postcodeOf(std::uint32_t number) {
    constexpr auto kAreas = std::to_array<std::string_view>(
        {"b", "bs", "cb", "cf", "dn", "g", "hu", "kt", "l", "ls", "m", "ne", "po", "s", "sw", "tn", "w", "yo"});
    Random random(number * 77'777ULL + 5);
    return fmt::format("{}{} {}{}{}", kAreas[random.below(kAreas.size())], 1 + random.below(29), random.below(10),
                       static_cast<char>('a' + random.below(26)), static_cast<char>('a' + random.below(26)));
}

// Day `n` from 1930 on, in months of 28 days: every one is a real day.
std::string birthDateOf(std::uint32_t n) {
    return fmt::format("{:04}-{:02}-{:02}", 1930 + n / 336, 1 + n / 28 % 12, 1 + n % 28);
}

void mistype(std::string& text, Random& random) {
    if (text.size() < 2) return;
    const std::size_t at = random.below(text.size() - 1);
    switch (random.below(4)) {
        case 0: text[at] = static_cast<char>('a' + random.below(26)); break;
        case 1: text.erase(at, 1); break;
        case 2: text.insert(at, 1, static_cast<char>('a' + random.below(26))); break;
        default: std::swap(text[at], text[at + 1]);
    }
}

void mistypeDate(std::string& dob, Random& random) {
    if (random.chance(0.2)) {
        std::swap_ranges(dob.begin() + 5, dob.begin() + 7, dob.begin() + 8);
    } else {
        constexpr std::array<std::size_t, 5> kDigits = {2, 3, 6, 8, 9};
        dob[kDigits[random.below(kDigits.size())]] = static_cast<char>('0' + random.below(10));
    }
}

class Population {
public:
    explicit Population(const PopulationShape& shape)
        : m_shape(shape), m_random(shape.seed), m_postcodes(std::max<std::uint32_t>(50, shape.records / 10)) {
        const auto people = static_cast<std::uint32_t>(shape.records * (1.0 - shape.duplicates));
        m_people.reserve(people);
        for (std::uint32_t i = 0; i < people; ++i) m_people.push_back(newPerson());
    }

    std::string csv() {
        std::vector<std::uint32_t> order(m_shape.records);  // below the number of people: that person; else a duplicate
        for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
        for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[m_random.below(i)]);
        begin(order.size());
        for (const std::uint32_t which : order) {
            const bool isFirst = which < m_people.size();
            const std::uint32_t person = isFirst ? which : m_random.below(m_people.size());
            write(person, isFirst);
        }
        return std::move(m_out);
    }

    std::string delivery(std::uint32_t records) {
        Random random(m_shape.seed ^ 0x5eedULL);
        m_random = random;
        begin(records);
        for (std::uint32_t i = 0; i < records; ++i) {
            const bool isNew = m_random.chance(1.0 / 3.0);
            if (isNew) m_people.push_back(newPerson());
            write(isNew ? static_cast<std::uint32_t>(m_people.size() - 1) : m_random.below(m_people.size()), isNew);
        }
        return std::move(m_out);
    }

private:
    Person newPerson() {
        Person person{zipfRank(m_random, 4000, 5.0), zipfRank(m_random, 33000, 15.0), m_random.below(m_postcodes),
                      static_cast<std::uint16_t>(m_random.below(24'000)), m_random.chance(0.55)};
        if (!m_people.empty() && m_random.chance(m_shape.households)) {
            const Person& other = m_people[m_random.below(m_people.size())];
            person.surname = other.surname;
            person.postcode = other.postcode;
        }
        return person;
    }

    void begin(std::size_t records) {
        m_out = "unique_id,cluster,first_name,surname,dob,postcode,sex\n";
        m_out.reserve(records * 56);
        m_nextId = m_shape.firstId;
    }

    void write(std::uint32_t number, bool isFirst) {
        const Person& person = m_people[number];
        Record record{nameOfRank(person.forename, 1), nameOfRank(person.surname, 2), birthDateOf(person.birthDay),
                      postcodeOf(person.postcode), person.isFemale ? "f" : "m"};
        if (!isFirst) damage(record);
        const double gap = isFirst ? 0.5 : 2.0;
        for (const auto& [cell, share] :
             {std::pair{&record.forename, 0.009}, std::pair{&record.surname, 0.006}, std::pair{&record.dob, 0.03},
              std::pair{&record.postcode, 0.039}, std::pair{&record.sex, 0.03}}) {
            if (m_random.chance(share * gap)) cell->clear();
        }
        fmt::format_to(std::back_inserter(m_out), "{},{},{},{},{},{},{}\n", m_nextId++, number, record.forename,
                       record.surname, record.dob, record.postcode, record.sex);
    }

    void damage(Record& record) {
        if (m_random.chance(0.16)) mistype(record.forename, m_random);
        if (m_random.chance(0.05)) record.forename = record.forename.substr(0, 1);
        if (m_random.chance(0.12)) mistype(record.surname, m_random);
        if (m_random.chance(0.04)) record.surname = nameOfRank(zipfRank(m_random, 33000, 15.0), 2);
        if (m_random.chance(0.08)) mistypeDate(record.dob, m_random);
        if (m_random.chance(0.16)) record.postcode = postcodeOf(m_random.below(m_postcodes));
        if (m_random.chance(0.05)) mistype(record.postcode, m_random);
        if (m_random.chance(0.01)) record.sex = record.sex == "f" ? "m" : "f";
    }

    PopulationShape m_shape;
    Random m_random;
    std::uint32_t m_postcodes;
    std::vector<Person> m_people;
    std::string m_out;
    std::uint32_t m_nextId = 0;
};

}  // namespace

std::string populationCsv(const PopulationShape& shape) { return Population(shape).csv(); }

std::string deliveryCsv(const PopulationShape& shape, std::uint32_t records) {
    return Population(shape).delivery(records);
}

}  // namespace fairlead::bench
