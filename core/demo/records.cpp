#include "core/demo/records.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/base/check.h"
#include "core/base/text.h"
#include "core/demo/errors.h"
#include "core/record/identifiers.h"

namespace fairlead::demo {

namespace {

std::string_view kindName(HomeKind kind) {
    switch (kind) {
        case HomeKind::Placement: return "placement";
        case HomeKind::Hostel: return "hostel";
        case HomeKind::Refuge: return "refuge";
        case HomeKind::ChildrensHome: return "childrens_home";
        case HomeKind::Home: break;
    }
    return "home";
}

}  // namespace

struct RecordWriter::Subject {
    const World& world;
    const Person& person;
    const Source& source;
    const Profile& profile;
    PersonIndex index;
    Agency agency;
    std::int32_t number;
    Date asAt;
    std::string ref;

    /// A stream for one part of the record, the same in every delivery.
    [[nodiscard]] Random stream(std::string_view part) const {
        return {world.seed, part, static_cast<std::uint64_t>(agency), static_cast<std::uint64_t>(number)};
    }
    [[nodiscard]] bool isChild() const { return ageInYears(person.birth, std::max(person.birth, asAt)) < 18; }
};

RecordWriter::RecordWriter(const World& world, const Names& names, const Registers& registers)
    : m_world(world), m_names(names), m_registers(registers) {
    for (std::int32_t base = 0; base < 1'000'000; ++base) {
        if (record::nhsCheckDigit(fmt::format("999{:06}", base))) m_nhsBases.push_back(base);
    }
}

void RecordWriter::write(Agency agency, std::int32_t source, Date asAt, record::ExtractRows& rows) const {
    const auto& entry = m_registers.sources(agency)[static_cast<std::size_t>(source)];
    const auto& person = m_world.persons[static_cast<std::size_t>(entry.person)];
    const Subject subject{m_world,
                          person,
                          entry,
                          profileOf(agency),
                          entry.person,
                          agency,
                          source,
                          asAt,
                          Registers::personRef(agency, source)};
    writeNames(subject, rows);
    writeIdentifiers(subject, rows);
    writeAddresses(subject, rows);
}

std::string RecordWriter::misheard(const Subject& subject, std::string text, Random& random) const {
    const auto& profile = subject.profile;
    if (random.chance(profile.typing)) text = typed(text, random);
    if (random.chance(profile.hearing)) text = heard(text, random);
    if (random.chance(profile.scanning)) text = scanned(text, random);
    return text;
}

std::string RecordWriter::forenames(const Subject& subject) const {
    auto random = subject.stream("forename");
    const auto& profile = subject.profile;
    auto text = subject.person.forename;
    const bool newborn = subject.source.knownFrom - subject.person.birth < 60;
    if (newborn && subject.agency == Agency::SocialCare && random.chance(300'000)) return "BABY";
    if (random.chance(profile.nickname)) {
        if (auto shorter = m_names.nickname(text, random); !shorter.empty()) text = std::move(shorter);
    } else if (random.chance(profile.otherSpelling)) {
        if (auto other = m_names.forenameVariant(text, random); !other.empty()) text = std::move(other);
    }
    text = misheard(subject, std::move(text), random);
    const bool noMiddle = random.chance(profile.noMiddleName);
    const bool initial = random.chance(120'000);
    if (!subject.person.middle.empty() && !noMiddle) {
        text += " " + (initial ? subject.person.middle.substr(0, 1) : subject.person.middle);
    }
    const bool plain = random.chance(profile.plainLetters) || initial;  // an initial may be half of an accented letter
    if (plain) text = withoutAccents(text);
    return isValidUtf8(text) ? text : withoutAccents(subject.person.forename);
}

std::string RecordWriter::surname(const Subject& subject, const std::string& truth) const {
    auto random = subject.stream("surname");
    const auto& profile = subject.profile;
    auto text = truth;
    if (random.chance(profile.otherSpelling)) {
        if (auto other = m_names.surnameVariant(text, random); !other.empty()) text = std::move(other);
    }
    text = misheard(subject, std::move(text), random);
    if (random.chance(profile.plainLetters)) text = withoutAccents(text);
    const auto hyphen = text.find('-');
    if (hyphen != std::string::npos && random.chance(300'000)) {
        text = random.chance(500'000) ? text.substr(hyphen + 1) : text.replace(hyphen, 1, " ");
    }
    const bool outsider = subject.person.family < 0;
    if (subject.agency == Agency::Police && outsider && !subject.source.suspect && random.chance(4'000))
        return "UNKNOWN";
    return profile.upperSurname ? upperAscii(text) : text;
}

std::optional<Date> RecordWriter::birthDate(const Subject& subject) const {
    auto random = subject.stream("birth date");
    const auto& profile = subject.profile;
    const auto truth = subject.person.birth;
    if (subject.source.suspect) return truth;  // checked against documents
    const bool schoolContact = subject.agency == Agency::Education && subject.person.place != Place::Child;
    if (random.chance(schoolContact ? 920'000 : profile.noDate)) return std::nullopt;
    if (random.chance(profile.placeholderDate)) return Date::fromCivil(1900, 1, 1);
    auto date = truth;
    if (random.chance(profile.dayMonthSwapped)) date = dayMonthSwapped(date);
    if (random.chance(profile.wrongDate)) date = datedWrong(date, random);
    return date > subject.source.knownFrom ? truth : date;
}

void RecordWriter::writeNames(const Subject& subject, record::ExtractRows& rows) const {
    auto random = subject.stream("names");
    const auto& person = subject.person;
    const auto& profile = subject.profile;
    const bool keepsOld = random.chance(profile.keepsOldSurname);
    const bool knowsFormer = random.chance(profile.knowsFormerName);
    const bool swapped = random.chance(profile.swappedNames);
    const bool noSex = random.chance(profile.noSex);
    const bool unknownSex = random.chance(300'000);
    const int learnsAfter = random.between(0, 75);
    const auto learned =
        person.surnameSince == Date::beginning() ? person.surnameSince : person.surnameSince + learnsAfter;
    // An old change was over before the agency met the person: hardly anybody still writes the former name.
    const bool longAgo = person.surnameSince < historyStart();
    const bool former =
        !person.formerSurname.empty() && (longAgo ? keepsOld && learnsAfter < 8 : keepsOld || subject.asAt < learned);
    record::PersonRow row;
    row.personRef = subject.ref;
    row.forenames = forenames(subject);
    row.surname = surname(subject, former ? person.formerSurname : person.surname);
    if (swapped && row.surname != "UNKNOWN") std::swap(row.forenames, row.surname);
    row.birthDate = birthDate(subject);
    row.sex = noSex ? (unknownSex ? "U" : "") : (person.sex == Sex::Female ? "F" : "M");
    row.nameKind = "current";
    rows.persons.push_back(row);
    const bool writesFormer = !person.formerSurname.empty() && !former && knowsFormer && (!longAgo || learnsAfter < 25);
    if (writesFormer && subject.agency != Agency::Health) {
        row.surname = surname(subject, person.formerSurname);
        row.nameKind = "former";
        rows.persons.push_back(row);
    }
    const auto shorter = m_names.nickname(person.forename, random);
    const bool preferred =
        subject.agency == Agency::Education && subject.person.place == Place::Child && random.chance(60'000);
    if (!shorter.empty() && (preferred || (subject.source.suspect && random.chance(120'000)))) {
        row.forenames = shorter;
        row.surname = surname(subject, former ? person.formerSurname : person.surname);
        row.nameKind = preferred ? "preferred" : "alias";
        rows.persons.push_back(std::move(row));
    }
}

std::string RecordWriter::nhsNumber(PersonIndex person) const {
    const auto index = static_cast<std::size_t>(person);
    if (index >= m_nhsBases.size()) return {};  // more people than 999 numbers: the last ones have none
    // 7,368,787 is prime and the number of bases is not a multiple of it: no two people share a number.
    const auto base = m_nhsBases[index * 7'368'787 % m_nhsBases.size()];
    auto nine = fmt::format("999{:06}", base);
    const auto check = record::nhsCheckDigit(nine);
    FAIRLEAD_CHECK(check.has_value());
    return nine + *check;
}

void RecordWriter::writeUpn(const Subject& subject, bool temporaryOnly, record::ExtractRows& rows) const {
    if (subject.person.pupil < 0) return;
    const auto& pupil = m_world.pupils[static_cast<std::size_t>(subject.person.pupil)];
    auto random = subject.stream("upn");
    const bool temporary = !pupil.temporaryUpn.empty() && (temporaryOnly || subject.asAt < pupil.upnSince);
    auto upn = temporary ? pupil.temporaryUpn : pupil.upn;
    if (subject.agency != Agency::Education && random.chance(10'000)) {
        auto& digit = upn[5];
        digit = digit == '9' ? '0' : static_cast<char>(digit + 1);
    }
    rows.identifiers.push_back({subject.ref, "upn", std::move(upn)});
    if (!temporary && !pupil.temporaryUpn.empty() && subject.agency == Agency::Education) {
        rows.identifiers.push_back({subject.ref, "former_upn", pupil.temporaryUpn});
    }
    if (subject.agency == Agency::Education && !pupil.uln.empty() &&
        ageInYears(subject.person.birth, subject.asAt) >= 14) {
        rows.identifiers.push_back({subject.ref, "uln", pupil.uln});
    }
}

void RecordWriter::writeIdentifiers(const Subject& subject, record::ExtractRows& rows) const {
    auto random = subject.stream("identifiers");
    const bool hasUpn = random.chance(subject.agency == Agency::SocialCare ? 750'000 : 600'000);
    const bool hasNhs = random.chance(
        subject.agency == Agency::SocialCare ? 800'000 : (subject.agency == Agency::Health ? 980'000 : 300'000));
    const bool keptTemporary = random.chance(300'000);
    const bool child = subject.isChild();
    switch (subject.agency) {
        case Agency::Education: writeUpn(subject, false, rows); return;
        case Agency::SocialCare:
            if (child) rows.identifiers.push_back({subject.ref, "la_child_id", subject.ref.substr(2)});
            break;
        case Agency::Police:
            if (subject.source.suspect && random.chance(700'000)) {
                const auto year = subject.source.knownFrom.civil().year % 100;
                rows.identifiers.push_back({subject.ref, "pnc", fmt::format("{:02}/{}A", year, subject.ref.substr(2))});
            }
            return;
        case Agency::EarlyHelp:
        case Agency::Health: break;
    }
    if (child && hasUpn && subject.agency != Agency::Health) writeUpn(subject, keptTemporary, rows);
    if (child && hasNhs) {
        if (auto number = nhsNumber(subject.index); !number.empty())
            rows.identifiers.push_back({subject.ref, "nhs", std::move(number)});
    }
}

void RecordWriter::writeAddresses(const Subject& subject, record::ExtractRows& rows) const {
    auto random = subject.stream("address");
    const auto& person = subject.person;
    const bool none = random.chance(subject.profile.noAddress);
    const bool stale = random.chance(subject.profile.oldAddress);
    const int learnsAfter = random.between(0, 60);
    if (none) return;
    const bool history = subject.agency == Agency::SocialCare && !stale;
    const bool toldOfRefuge = subject.agency == Agency::SocialCare || subject.agency == Agency::Police;
    const Stay* known = nullptr;
    for (std::int32_t i = person.firstStay; i < person.firstStay + person.stayCount; ++i) {
        const auto& stay = m_world.stays[static_cast<std::size_t>(i)];
        if (known != nullptr && (stale || stay.from + learnsAfter > subject.asAt)) break;
        if (stay.kind == HomeKind::Refuge && !toldOfRefuge) continue;
        if (stay.until <= person.birth) continue;
        if (history && stay.until <= subject.asAt) writeAddress(subject, stay, true, rows);
        known = &stay;
    }
    if (known == nullptr || (history && known->until <= subject.asAt)) return;
    writeAddress(subject, *known, history, rows);
}

void RecordWriter::writeAddress(const Subject& subject, const Stay& stay, bool history,
                                record::ExtractRows& rows) const {
    const auto& address = m_world.addresses[static_cast<std::size_t>(stay.address)];
    const auto& street =
        (address.elsewhere ? m_names.streetsElsewhere() : m_names.streets())[static_cast<std::size_t>(address.street)];
    Random random(m_world.seed, "address text", static_cast<std::uint64_t>(stay.address),
                  static_cast<std::uint64_t>(subject.number) * kAgencies + static_cast<std::uint64_t>(subject.agency));
    const auto& profile = subject.profile;
    const bool shortened = random.chance(profile.shortStreet);
    const bool noPostcode = random.chance(profile.noPostcode);
    const bool closedUp = random.chance(100'000);
    const bool noUprn = random.chance(profile.noUprn);
    const bool calledHome = random.chance(subject.agency == Agency::SocialCare ? 0 : 400'000);
    record::AddressRow row;
    row.personRef = subject.ref;
    if (!noUprn) row.uprn = fmt::format("{}", 900'000'000'000 + stay.address + 1);
    if (address.flat > 0) row.saon = fmt::format("Flat {}", address.flat);
    row.paon = fmt::format("{}", address.number);
    row.street = shortened ? streetShortened(street.name) : street.name;
    row.town = street.town;
    if (!noPostcode) {
        row.postcode = street.postcodes[static_cast<std::size_t>(address.number / 40) % street.postcodes.size()];
        if (closedUp) std::erase(row.postcode, ' ');
    }
    const bool communal = stay.kind == HomeKind::Refuge || !calledHome;
    row.kind = kindName(communal ? stay.kind : HomeKind::Home);
    const auto from = std::max(stay.from, subject.person.birth);
    if (history) row.from = from;
    if (history && stay.until <= subject.asAt) row.until = std::max(stay.until, from);
    rows.addresses.push_back(std::move(row));
}

}  // namespace fairlead::demo
