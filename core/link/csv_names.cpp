#include "core/link/csv_names.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"

namespace fairlead::link {
namespace {

// Header names of common exports and of public test sets, lower case without signs.
constexpr auto kKnownNames = std::to_array<KnownName>({
    {"forename", ColumnRole::Forename},
    {"forenames", ColumnRole::Forename},
    {"firstname", ColumnRole::Forename},
    {"givenname", ColumnRole::Forename},
    {"givennames", ColumnRole::Forename},
    {"fname", ColumnRole::Forename},
    {"first", ColumnRole::Forename},
    {"given", ColumnRole::Forename},
    {"fnamec1", ColumnRole::Forename},
    {"namefirst", ColumnRole::Forename},
    {"firstnames", ColumnRole::Forename},
    {"christianname", ColumnRole::Forename},
    {"forename1", ColumnRole::Forename},
    {"firstname1", ColumnRole::Forename},
    {"givenname1", ColumnRole::Forename},
    {"fnamec2", ColumnRole::OtherForename},
    {"middlename", ColumnRole::OtherForename},
    {"middlenames", ColumnRole::OtherForename},
    {"namemiddle", ColumnRole::OtherForename},
    {"middle", ColumnRole::OtherForename},
    {"forename2", ColumnRole::OtherForename},
    {"secondforename", ColumnRole::OtherForename},
    {"otherforenames", ColumnRole::OtherForename},
    {"secondname", ColumnRole::OtherForename},
    {"surname", ColumnRole::Surname},
    {"lastname", ColumnRole::Surname},
    {"familyname", ColumnRole::Surname},
    {"lname", ColumnRole::Surname},
    {"last", ColumnRole::Surname},
    {"family", ColumnRole::Surname},
    {"lnamec1", ColumnRole::Surname},
    {"namelast", ColumnRole::Surname},
    {"surname1", ColumnRole::Surname},
    {"lastname1", ColumnRole::Surname},
    {"lastnames", ColumnRole::Surname},
    {"lnamec2", ColumnRole::OtherSurname},
    {"dob", ColumnRole::BirthDate},
    {"dateofbirth", ColumnRole::BirthDate},
    {"birthdate", ColumnRole::BirthDate},
    {"birthdt", ColumnRole::BirthDate},
    {"birthdateiso", ColumnRole::BirthDate},
    {"dateborn", ColumnRole::BirthDate},
    {"borndate", ColumnRole::BirthDate},
    {"born", ColumnRole::BirthDate},
    {"dobirth", ColumnRole::BirthDate},
    {"by", ColumnRole::BirthYear},
    {"birthyear", ColumnRole::BirthYear},
    {"yearofbirth", ColumnRole::BirthYear},
    {"yob", ColumnRole::BirthYear},
    {"birthy", ColumnRole::BirthYear},
    {"dobyear", ColumnRole::BirthYear},
    {"yearborn", ColumnRole::BirthYear},
    {"bm", ColumnRole::BirthMonth},
    {"birthmonth", ColumnRole::BirthMonth},
    {"monthofbirth", ColumnRole::BirthMonth},
    {"mob", ColumnRole::BirthMonth},
    {"birthm", ColumnRole::BirthMonth},
    {"dobmonth", ColumnRole::BirthMonth},
    {"monthborn", ColumnRole::BirthMonth},
    {"bd", ColumnRole::BirthDay},
    {"birthday", ColumnRole::BirthDay},
    {"dayofbirth", ColumnRole::BirthDay},
    {"dobday", ColumnRole::BirthDay},
    {"dayborn", ColumnRole::BirthDay},
    {"birthd", ColumnRole::BirthDay},
    {"sex", ColumnRole::Sex},
    {"gender", ColumnRole::Sex},
    {"gendercode", ColumnRole::Sex},
    {"sexcode", ColumnRole::Sex},
    {"postcode", ColumnRole::Postcode},
    {"postalcode", ColumnRole::Postcode},
    {"zip", ColumnRole::Postcode},
    {"zipcode", ColumnRole::Postcode},
    {"postcodefake", ColumnRole::Postcode},
    {"zip5", ColumnRole::Postcode},
    {"postalcd", ColumnRole::Postcode},
    {"pcode", ColumnRole::Postcode},
    {"postcd", ColumnRole::Postcode},
    {"homepostcode", ColumnRole::Postcode},
    {"uprn", ColumnRole::Uprn},
    {"upn", ColumnRole::Identifier, "upn"},
    {"nhsnumber", ColumnRole::Identifier, "nhs"},
    {"nhsno", ColumnRole::Identifier, "nhs"},
    {"uln", ColumnRole::Identifier, "uln"},
    {"city", ColumnRole::Text},
    {"town", ColumnRole::Text},
    {"suburb", ColumnRole::Text},
    {"state", ColumnRole::Text},
    {"street", ColumnRole::Text},
    {"streetname", ColumnRole::Text},
    {"streetnumber", ColumnRole::Text},
    {"housenumber", ColumnRole::Text},
    {"address", ColumnRole::Text},
    {"address1", ColumnRole::Text},
    {"address2", ColumnRole::Text},
    {"email", ColumnRole::Text},
    {"emailaddress", ColumnRole::Text},
    {"phone", ColumnRole::Text},
    {"phonenumber", ColumnRole::Text},
    {"telephone", ColumnRole::Text},
    {"birthplace", ColumnRole::Text},
    {"occupation", ColumnRole::Text},
    {"locality", ColumnRole::Text},
    {"village", ColumnRole::Text},
    {"county", ColumnRole::Text},
    {"streetaddress", ColumnRole::Text},
    {"addressline1", ColumnRole::Text},
    {"addressline2", ColumnRole::Text},
    {"line1", ColumnRole::Text},
    {"line2", ColumnRole::Text},
    {"full", ColumnRole::Text},
    {"mail", ColumnRole::Text},
    {"mobile", ColumnRole::Text},
    {"mobilenumber", ColumnRole::Text},
    {"cell", ColumnRole::Text},
    {"tel", ColumnRole::Text},
    {"telecom", ColumnRole::Text},
    {"placeofbirth", ColumnRole::Text},
    {"birthcity", ColumnRole::Text},
    {"countryofbirth", ColumnRole::Text},
    {"birthcountry", ColumnRole::Text},
    {"profession", ColumnRole::Text},
    {"job", ColumnRole::Text},
    {"jobtitle", ColumnRole::Text},
    {"housename", ColumnRole::Text},
    {"houseno", ColumnRole::Text},
    {"flat", ColumnRole::Text},
    {"unit", ColumnRole::Text},
    {"fullname", ColumnRole::FullName},
    {"name", ColumnRole::FullName},
    {"namefull", ColumnRole::FullName},
    {"personname", ColumnRole::FullName},
    {"childname", ColumnRole::FullName},
    {"pupilname", ColumnRole::FullName},
});

constexpr auto kIdNames = std::to_array<std::string_view>(
    {"id", "uniqueid", "recid", "recordid", "personid", "rowid", "sourceid", "key", "recordkey", "rownumber"});

// They name the row or where it comes from, or say who is who: never evidence.
constexpr auto kNeverNames = std::to_array<std::string_view>(
    {"cluster",    "clusterid",      "group",   "groupid",   "entid",  "entityid",      "label",
     "labels",     "truth",          "matchid", "personkey", "trueid", "truthid",       "testgroup",
     "testcase",   "expectedresult", "match",   "ismatch",   "source", "sourcedataset", "dataset",
     "datasource", "file",           "index",   "row",       "record", "recordtype"});

// Numbers of persons that only take part when they are named.
constexpr auto kOnlyWhenNamed = std::to_array<std::string_view>({"ssn",
                                                                 "ssnnumber",
                                                                 "socsecid",
                                                                 "socialsecuritynumber",
                                                                 "nationalid",
                                                                 "nationalidnumber",
                                                                 "nino",
                                                                 "nationalinsurancenumber",
                                                                 "mrn",
                                                                 "passport",
                                                                 "passportnumber",
                                                                 "driverslicense",
                                                                 "driverslicensenumber",
                                                                 "drivinglicence",
                                                                 "taxid",
                                                                 "taxidnumber",
                                                                 "pnc",
                                                                 "pncid",
                                                                 "cro",
                                                                 "cronumber"});

// What stands before a name without changing what it means.
constexpr auto kPrefixes =
    std::to_array<std::string_view>({"child",  "pupil",  "student",  "patient",  "person",  "client",  "subject",
                                     "victim", "member", "customer", "employee", "primary", "current", "legal",
                                     "home",   "addr",   "address",  "main",     "std",     "clean",   "cleaned"});

template <std::size_t N>
bool isOneOf(const std::array<std::string_view, N>& names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

}  // namespace

std::string plainName(std::string_view header) {
    std::string kept;
    for (const char c : lowerAscii(header)) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) kept += c;
    }
    return kept;
}

const KnownName* knownName(std::string_view plainName) {
    const auto found = std::ranges::find(kKnownNames, plainName, &KnownName::name);
    if (found != kKnownNames.end()) return &*found;
    for (const std::string_view prefix : kPrefixes) {
        if (!plainName.starts_with(prefix)) continue;
        const auto rest = std::ranges::find(kKnownNames, plainName.substr(prefix.size()), &KnownName::name);
        if (rest != kKnownNames.end()) return &*rest;
    }
    return nullptr;
}

std::string reasonAgainst(std::string_view plainName) {
    if (isOneOf(kIdNames, plainName) || isOneOf(kNeverNames, plainName))
        return "it names the row or says who is who: never compared";
    if (isOneOf(kOnlyWhenNamed, plainName)) return "a number of the person: compared only when named";
    return knownName(plainName) == nullptr ? "its name is not known here: compared only when named" : std::string();
}

std::span<const std::string_view> idNames() { return kIdNames; }

bool hasRole(std::span<const CsvColumn> columns, ColumnRole role) {
    return std::ranges::find(columns, role, &CsvColumn::role) != columns.end();
}

}  // namespace fairlead::link
