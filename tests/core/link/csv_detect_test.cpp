#include "core/link/csv_detect.h"

#include <catch2/catch_all.hpp>
#include <fmt/format.h>

#include "core/link/csv_dates.h"
#include "tests/support/results.h"
#include "tests/support/temp_folder.h"

using namespace fairlead;
using namespace fairlead::link;
using fairlead::test::codeOf;
using fairlead::test::valueOf;

namespace {

CsvDetection detected(std::vector<std::string> texts, const std::vector<std::string>& reserved = {}) {
    std::vector<CsvText> files;
    for (std::string& text : texts)
        files.push_back(valueOf(openCsv(fmt::format("{}.csv", files.size() + 1), std::move(text))));
    return detectLayout(files, {}, reserved);
}

// "forename=first_name dob=dob:YYYYMMDD ...", the id first.
std::string shown(const CsvDetection& found) {
    std::string out = found.idColumn;
    for (const CsvColumn& column : found.columns) {
        out += fmt::format(" {}={}{}{}", name(column.role), column.column, column.format.empty() ? "" : ":",
                           column.format);
    }
    return out;
}

}  // namespace

TEST_CASE("columns with well-known names are recognised and others stay out", "[link]") {
    const CsvDetection found =
        detected({"rec_id,given_name,Last Name,date_of_birth,soc_sec_id,suburb,UPN,colour,cluster\n"});
    CHECK(shown(found) ==
          "rec_id forename=given_name surname=Last Name dob=date_of_birth text=suburb "
          "identifier=UPN:upn");
    CHECK(found.leftOut ==
          std::vector<LeftOutColumn>{{"soc_sec_id", "a number of the person: compared only when named"},
                                     {"colour", "its name is not known here: compared only when named"},
                                     {"cluster", "it names the row or says who is who: never compared"}});
}

TEST_CASE("headers of many makers are understood", "[link]") {
    for (const auto& [header, wanted] : std::vector<std::pair<std::string, std::string>>{
             {"unique_id,first_name,surname,dob,birth_place,postcode_fake,gender,occupation",
              "unique_id forename=first_name surname=surname dob=dob text=birth_place postcode=postcode_fake "
              "sex=gender text=occupation"},
             {"rec_id,ent_id,fname_c1,fname_c2,lname_c1,lname_c2,by,bm,bd",
              "rec_id forename=fname_c1 other_forename=fname_c2 surname=lname_c1 other_surname=lname_c2 "
              "birth_year=by birth_month=bm birth_day=bd"},
             {"Match Id,ID,BIRTHDATE,FIRST,LAST,GENDER,ADDRESS,CITY,STATE,ZIP,SSN",
              "ID dob=BIRTHDATE forename=FIRST surname=LAST sex=GENDER text=ADDRESS text=CITY text=STATE postcode=ZIP"},
             {"RECORD_ID,PRIMARY_NAME_FULL,PRIMARY_NAME_LAST,PRIMARY_NAME_FIRST,ADDR_CITY,ADDR_POSTAL_CODE,PHONE_"
              "NUMBER",
              "RECORD_ID surname=PRIMARY_NAME_LAST forename=PRIMARY_NAME_FIRST text=ADDR_CITY "
              "postcode=ADDR_POSTAL_CODE text=PHONE_NUMBER"},
             {"id,full_name,year_of_birth,email", "id full_name=full_name text=year_of_birth text=email"},
             {"child_forename,child_surname,child_dob,home_postcode",
              " forename=child_forename surname=child_surname dob=child_dob postcode=home_postcode"},
         }) {
        CHECK(shown(detected({header + "\n"})) == wanted);
    }
}

TEST_CASE("the format of a date column is decided by its values and said", "[link]") {
    const auto formatOf = [](const std::string& dates) { return detected({"id,dob\n" + dates}); };
    CHECK(formatOf("1,1908-12-09\n2,\n").columns[0].format == "YYYY-MM-DD");
    CHECK(formatOf("1,19081209\n2,19990219\n").columns[0].format == "YYYYMMDD");
    CHECK(formatOf("1,09/12/1908\n2,19/02/1999\n").columns[0].format == "DD/MM/YYYY");
    CHECK(formatOf("1,12/9/1908\n2,2/19/1999\n").columns[0].format == "MM/DD/YYYY");
    CHECK(formatOf("1,09.12.1908\n").columns[0].format == "DD.MM.YYYY");
    CHECK(formatOf("1,19/02/1999\n2,20/02/1999\n").notes ==
          std::vector<std::string>{"dob: read as DD/MM/YYYY, which 2 of 2 looked at are"});
    const CsvDetection either = formatOf("1,09/12/1908\n2,01/02/1999\n");
    CHECK(either.columns[0].format == "DD/MM/YYYY");
    CHECK(either.notes[0] ==
          "dob: read as DD/MM/YYYY, which 2 of 2 looked at are; with the month first as many would be");
    const CsvDetection mixed = formatOf("1,1908-12-09\n2,19990219\n3,soon\n");
    CHECK(mixed.columns[0].format.empty());
    CHECK(mixed.notes[0] == "dob: dates of several kinds; each is read in the first format that fits it");
}

TEST_CASE("a column takes part only when every file has it, and no role is filled twice", "[link]") {
    const CsvDetection found = detected({"id,first_name,forename,town\n", "id,first_name,forename,city\n"});
    CHECK(shown(found) == "id forename=first_name");
    CHECK(found.leftOut == std::vector<LeftOutColumn>{{"town", "not every file has one such column"},
                                                      {"forename", "first_name is taken for that already"}});
}

TEST_CASE("a column that repeats does not name the rows", "[link]") {
    const CsvDetection found = detected({"id,unique_id,forename\n1,a,Ann\n1,b,Bob\n"});
    CHECK(found.idColumn == "unique_id");
    CHECK(found.notes == std::vector<std::string>{"the column id is empty or repeats, so it cannot name the rows"});
    CHECK(detected({"id,forename\n1,Ann\n1,Bob\n"}).idColumn.empty());
}

TEST_CASE("reserved columns are left alone", "[link]") {
    CHECK(shown(detected({"id,forename,town\n1,Ann,Ely\n"}, {"town", "id"})) == " forename=forename");
}

TEST_CASE("columns can be named, with the format of a date", "[link]") {
    const std::vector<std::string> choices = {"forename=fn", "dob=born:MM/DD/YYYY", "nhs=n", "full_name=whole"};
    const auto columns = valueOf(parseColumnChoices(choices));
    REQUIRE(columns.size() == 4);
    CHECK(columns[1] == CsvColumn{ColumnRole::BirthDate, "born", "MM/DD/YYYY"});
    CHECK(columns[2] == CsvColumn{ColumnRole::Identifier, "n", "nhs"});
    CHECK(columns[3] == CsvColumn{ColumnRole::FullName, "whole", ""});
    for (const char* bad : {"forename", "=x", "forename=", "dob=born:YYMMDD"})
        CHECK(codeOf(parseColumnChoices(std::vector<std::string>{bad})) == ErrorCode::InvalidArgument);
    CHECK(codeOf(parseColumnChoices(std::vector<std::string>{"colour=x"})) == ErrorCode::UnknownKey);
}

// The headers of public sets with a row made up here; and the sets themselves where they are beside the project.
TEST_CASE("public sets are recognised without being told", "[link]") {
    struct Known {
        const char* file;
        const char* excerpt;
        const char* wanted;
    };
    for (const Known& set :
         {Known{"febrl/dataset1.csv",
                "rec_id,given_name,surname,street_number,address_1,address_2,suburb,postcode,state,date_of_birth,"
                "soc_sec_id\nrec-1-org,ann,smith,5,high street,rose cottage,ely,4011,wa,19801231,1234567\n",
                "rec_id forename=given_name surname=surname text=street_number text=address_1 text=address_2 "
                "text=suburb postcode=postcode text=state dob=date_of_birth:YYYYMMDD"},
          Known{"rldata500/RLdata500.csv",
                "rec_id,ent_id,fname_c1,fname_c2,lname_c1,lname_c2,by,bm,bd\n1,7,ANN,MAY,SMITH,,1980,12,31\n",
                "rec_id forename=fname_c1 other_forename=fname_c2 surname=lname_c1 other_surname=lname_c2 "
                "birth_year=by birth_month=bm birth_day=bd"},
          Known{"splink_fake/fake_1000.csv",
                "unique_id,first_name,surname,dob,city,email,cluster\n0,Ann,Smith,1980-12-31,Ely,ann@example.org,0\n",
                "unique_id forename=first_name surname=surname dob=dob:YYYY-MM-DD text=city text=email"}}) {
        INFO(set.file);
        CHECK(shown(detected({set.excerpt})) == set.wanted);
        if (const auto path = fairlead::test::sharedPath(std::string("data/linkage/") + set.file))
            CHECK(shown(detected({fairlead::test::bytesOf(*path)})) == set.wanted);
    }
}
