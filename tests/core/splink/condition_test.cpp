// The condition language: what it says, what it refuses.

#include <catch2/catch_all.hpp>

#include "core/splink/evaluate.h"
#include "core/splink/program.h"
#include "tests/support/results.h"

using namespace fairlead;
using namespace fairlead::splink;
using fairlead::test::codeOf;
using fairlead::test::valueOf;

namespace {

// The value of an expression over a_l, a_r, b_l, b_r, c_l, c_r, as text; "NULL", and lists as [x,y].
std::string shown(const Value& value) {
    if (value.isNull()) return "NULL";
    if (value.kind == Kind::List) {
        std::string out = "[";
        for (const Value& item : value.list()) out += (out.size() > 1 ? "," : "") + shown(item);
        return out + "]";
    }
    Arena arena;
    return std::string(toText(value, arena).text);
}

using Cells = std::map<std::string, std::string>;

std::string eval(std::string_view condition, const Cells& cells = {}, Dialect dialect = Dialect::DuckDb) {
    Program program;
    const std::uint32_t root = valueOf(parseCondition(condition, dialect, Names::Suffixed, program));
    Evaluator evaluator(program, dialect);
    std::vector<Value> inputs;
    for (const ColumnUse& use : program.columns()) {
        const auto found = cells.find(use.name + (use.side == Side::Left ? "_l" : "_r"));
        inputs.push_back(found == cells.end() ? Value{} : Value::ofText(found->second));
    }
    evaluator.begin(inputs);
    return shown(evaluator.value(root));
}

std::string refusal(std::string_view condition, Names names = Names::Suffixed) {
    Program program;
    const auto parsed = parseCondition(condition, Dialect::DuckDb, names, program);
    CHECK(codeOf(parsed) == ErrorCode::ParseError);
    return parsed ? std::string() : parsed.error().detail;
}

}  // namespace

TEST_CASE("NULL is neither true nor false, and decides no AND and no OR", "[splink]") {
    CHECK(eval("NULL AND FALSE") == "false");
    CHECK(eval("NULL AND TRUE") == "NULL");
    CHECK(eval("NULL OR TRUE") == "true");
    CHECK(eval("NULL OR FALSE") == "NULL");
    CHECK(eval("NOT NULL") == "NULL");
    CHECK(eval("a_l = a_r", {{"a_l", "x"}}) == "NULL");
    CHECK(eval("a_l IS NULL OR a_r IS NULL", {{"a_l", "x"}}) == "true");
    CHECK(eval("a_l IS NOT NULL", {{"a_l", "x"}}) == "true");
    CHECK(eval("a_l <> a_r", {{"a_l", "x"}, {"a_r", "y"}}) == "true");
    CHECK(eval("a_l IS DISTINCT FROM a_r", {{"a_l", "x"}}) == "true");
    CHECK(eval("a_l IS NOT DISTINCT FROM a_r") == "true");
    CHECK(eval("1 IN (2, NULL)") == "NULL");
    CHECK(eval("1 IN (2, 1, NULL)") == "true");
    CHECK(eval("1 NOT IN (2, 3)") == "true");
    CHECK(eval("coalesce(a_l <> a_r, FALSE)") == "false");
}

TEST_CASE("operators bind as in SQL", "[splink]") {
    CHECK(eval("1 + 2 * 3 - 4 / 2") == "5");
    CHECK(eval("-2 * -3") == "6");
    CHECK(eval("7 // 2") == "3");
    CHECK(eval("7 % 4") == "3");
    CHECK(eval("1 / 0") == "NULL");
    CHECK(eval("NOT 1 = 2 AND 1 = 1") == "true");
    CHECK(eval("FALSE AND FALSE OR TRUE") == "true");
    CHECK(eval("2 BETWEEN 1 AND 3 AND TRUE") == "true");
    CHECK(eval("2 NOT BETWEEN 1 AND 3") == "false");
    CHECK(eval("'a' || 'b' || 1") == "ab1");
    CHECK(eval("'it''s'") == "it's");
    CHECK(eval("1e-2 + .5") == "0.51");
    CHECK(eval("CASE WHEN 1 = 2 THEN 'a' WHEN 1 = 1 THEN 'b' ELSE 'c' END") == "b");
    CHECK(eval("CASE a_l WHEN 'x' THEN 1 END", {{"a_l", "y"}}) == "NULL");
    CHECK(eval("/* here */ 1 -- and here\n + 1") == "2");
}

TEST_CASE("names of columns take quotes and any case", "[splink]") {
    const Cells cells = {{"a b_l", "x"}, {"a_r", "x"}};
    CHECK(eval("\"a b_l\" = `a_r`", cells) == "true");
    CHECK(eval("A_R = 'x'", {{"A_r", "x"}}) == "true");
    CHECK(refusal("a = b_l").find("a is no column") != std::string::npos);
    CHECK(refusal("a_l = a_r", Names::Qualified).find("neither l. nor r.") != std::string::npos);
    Program program;
    valueOf(parseCondition("l.\"a b\" = r.a and l.c = r.c", Dialect::DuckDb, Names::Qualified, program));
    CHECK(program.columns().size() == 4);
}

TEST_CASE("text functions count characters, similarities count bytes", "[splink]") {
    CHECK(eval("length('Zoë')") == "3");
    CHECK(eval("levenshtein('Zoë', 'Zoe')") == "2");
    CHECK(eval("upper('zoë')") == "ZOË");
    CHECK(eval("substr('abcdef', 2, 3)") == "bcd");
    CHECK(eval("substring('abcdef', 4)") == "def");
    CHECK(eval("substr('abc', 0, 2)") == "a");
    CHECK(eval("substr('abc', -2, 1)") == "b");
    CHECK(eval("left('Zoë', 3) || right('Zoë', 1)") == "Zoëë");
    CHECK(eval("left('abc', -1)") == "ab");
    CHECK(eval("trim('  a ')") == "a");
    CHECK(eval("concat('a', NULL, 'b')") == "ab");
    CHECK(eval("concat('a', NULL, 'b')", {}, Dialect::Spark) == "NULL");
    CHECK(eval("'a' || NULL") == "NULL");
    CHECK(eval("nullif('', '')") == "NULL");
    CHECK(eval("replace('a-b-c', '-', '')") == "abc");
    CHECK(eval("split_part('a b c', ' ', 2)") == "b");
    CHECK(eval("'SW1A' LIKE 'SW_%'") == "true");
    CHECK(eval("'SE1' LIKE 'SW%'") == "false");
}

TEST_CASE("similarities are those of DuckDB", "[splink]") {
    CHECK(eval("jaro_winkler_similarity('', '')") == "0");
    CHECK(eval("jaro_similarity('', 'a')") == "0");
    CHECK(std::stod(eval("jaro_winkler_similarity('MARTHA', 'MARHTA')")) == Catch::Approx(0.961111).epsilon(1e-6));
    // Below 0.7 a common prefix does not help.
    CHECK(eval("jaro_winkler_similarity('abcdefgh', 'abzzzzzz') = jaro_similarity('abcdefgh', 'abzzzzzz')") == "true");
    CHECK(eval("damerau_levenshtein('ca', 'abc')") == "2");
    CHECK(eval("levenshtein('kitten', 'sitting')") == "3");
    CHECK(eval("jaccard('duck', 'luck')") == "0.6");
    CHECK(eval("jaccard('aab', 'ab')") == "1");
    CHECK(eval("jaccard('', 'a')") == "NULL");
    CHECK(eval("jaro_winkler('MARTHA', 'MARHTA') >= 0.96", {}, Dialect::Spark) == "true");
}

TEST_CASE("dates are read by format, and differ in days or boundaries", "[splink]") {
    CHECK(eval("try_strptime('19151111', '%Y%m%d') IS NULL") == "false");
    CHECK(eval("try_strptime('19151131', '%Y%m%d')") == "NULL");
    CHECK(eval("try_strptime('1915-11-11', '%Y%m%d')") == "NULL");
    CHECK(eval("epoch(try_strptime('1970-01-02', '%Y-%m-%d'))") == "86400");
    CHECK(eval("abs(epoch(a_l) - epoch(a_r))", {{"a_l", "2000-01-01"}, {"a_r", "2000-01-03"}}) == "172800");
    CHECK(eval("DATE '2000-03-01' - DATE '2000-02-01'") == "29");
    CHECK(eval("datediff('day', '2000-01-31', '2000-02-01')") == "1");
    CHECK(eval("date_diff('month', '2000-01-31', '2000-02-01')") == "1");
    CHECK(eval("date_diff('year', '2000-12-31', '2000-01-01')") == "0");
    CHECK(eval("datediff('2000-02-01', '2000-01-31')", {}, Dialect::Spark) == "1");
    CHECK(eval("to_date('11/03/2001', 'dd/MM/yyyy')", {}, Dialect::Spark) == "2001-03-11");
    CHECK(eval("unix_timestamp(try_to_timestamp('1970-01-01T01:00:00Z', 'yyyy-MM-dd\\'T\\'HH:mm:ssXXX'))", {},
               Dialect::Spark) == "3600");
    CHECK(eval("year(CAST('2001-03-11' AS DATE)) + month('2001-03-11'::date)") == "2004");
    CHECK(eval("CAST(a_l AS DATE)", {{"a_l", "30 February"}}) == "NULL");
    CHECK(refusal("try_strptime(a_l, '%Q')").find("%Q") != std::string::npos);
}

TEST_CASE("lists come from JSON text, and know positions, intersection and lambdas", "[splink]") {
    const Cells cells = {{"a_l", R"(["x","y","y"])"}, {"a_r", R"(["y","z"])"}, {"b_l", "[]"}};
    CHECK(eval("list_intersect(a_l, a_r)", cells) == "[y]");
    CHECK(eval("array_length(array_intersect(a_l, a_r)) >= 1", cells) == "true");
    CHECK(eval("array_length(list_intersect(a_l, b_l))", cells) == "0");
    CHECK(eval("array_length(list_intersect(a_l, c_l))", cells) == "NULL");
    CHECK(eval("a_l[1] || a_r[-1] || coalesce(a_l[9], '-')", cells) == "xz-");
    CHECK(eval("a_l[0]", cells, Dialect::Spark) == "x");
    CHECK(eval("list_contains(a_r, 'z')", cells) == "true");
    CHECK(eval("list_transform([1, 2], x -> x * 2)") == "[2,4]");
    CHECK(eval("list_transform([1, 2], lambda x : x + 1)") == "[2,3]");
    CHECK(eval("list_filter([1, 2, 3], x -> x > 1)") == "[2,3]");
    CHECK(eval("list_reduce(list_prepend(1.0, [2, 3]), (p, q) -> p * q)") == "6");
    CHECK(eval("aggregate(array(1, 2), 10, (p, q) -> p + q)", {}, Dialect::Spark) == "13");
    CHECK(eval("list_max(list_transform(flatten(list_transform(a_l, x -> list_transform(a_r, y -> [x, y]))), "
               "pair -> jaro_winkler_similarity(pair[1], pair[2])))",
               cells) == "1");
    CHECK(eval("list_transform(a_l, x -> x.value)", {{"a_l", R"([{"value":"p","rel_freq":0.5}])"}}) == "[p]");
    // The parameters of a lambda hide columns and one another.
    CHECK(eval("list_transform([1, 2], x -> list_transform([10], y -> x + y))") == "[[11],[12]]");
}

TEST_CASE("patterns are found without regard to how nasty they are", "[splink]") {
    CHECK(eval("regexp_extract('anna@example.org', '^[^@]+', 0)") == "anna");
    CHECK(eval("NULLIF(regexp_extract('none', '\\d+', 0), '')") == "NULL");
    CHECK(eval("regexp_extract('SW1A 1AA', '^([A-Z]{1,2})(\\d[A-Z\\d]?)', 2)") == "1A");
    CHECK(eval("regexp_extract('aXb', '(?i)x|b')") == "X");
    CHECK(eval("regexp_replace('a1b2', '[0-9]', '', 'g')") == "ab");
    CHECK(eval("regexp_matches('Zoë', '^Zo.$')") == "true");
    CHECK(eval("regexp_extract('aaa', 'a+?')") == "a");
    CHECK(eval("regexp_extract('abab', '(ab)*')") == "abab");
    const std::string text(2000, 'a');
    CHECK(eval("regexp_extract(a_l, '(a+)+$', 1) = a_l", {{"a_l", text}}) == "true");
    CHECK(eval("regexp_matches(a_l, '(a*)*b')", {{"a_l", text}}) == "false");
    for (const char* pattern : {"(a", "a)", "[a", "a{2", "a{3,2}", "*a", "(?=a)", "\\1", "a**", "[b-a]", "\\"}) {
        INFO(pattern);
        CHECK_FALSE(refusal(std::string("regexp_matches(a_l, '") + pattern + "')").empty());
    }
    CHECK(refusal("regexp_extract(a_l, a_r)").find("not written out") != std::string::npos);
    CHECK(refusal("regexp_extract(a_l, 'a', 1)").find("a group") != std::string::npos);
}

TEST_CASE("what is outside the language is refused by name", "[splink]") {
    CHECK(refusal("soundex(a_l) = soundex(a_r)").find("the function soundex") != std::string::npos);
    CHECK(refusal("CAST(a_l AS blob)").find("the type blob") != std::string::npos);
    CHECK(refusal("a_l = ").find("ends too early") != std::string::npos);
    CHECK(refusal("a_l = a_r)").find(") is not expected") != std::string::npos);
    CHECK(refusal("levenshtein(a_l) < 1").find("1 arguments of levenshtein") != std::string::npos);
    CHECK(refusal("list_transform(a_l, 1)").find("list_transform") != std::string::npos);
    CHECK(refusal("lower(x -> x)").find("lower") != std::string::npos);
    CHECK(refusal("(SELECT 1)").find("SELECT") != std::string::npos);
    for (const char* broken :
         {"", "'a", "\"a", "/* a", "a_l ~ a_r", "a_l IS", "CASE END", "a_l IN ()", "x -> x", "$1"}) {
        INFO(broken);
        CHECK_FALSE(refusal(broken).empty());
    }
}

TEST_CASE("a condition nested without end is refused, not crashed on", "[splink]") {
    CHECK_FALSE(refusal(std::string(50'000, '(')).empty());
    std::string calls, sum = "1";
    for (int i = 0; i < 5'000; ++i) calls += "lower(";
    for (int i = 0; i < 5'000; ++i) sum += " + 1";
    CHECK_FALSE(refusal(calls).empty());
    CHECK_FALSE(refusal(sum).empty());
    CHECK_FALSE(refusal(std::string(200'000, ' ')).empty());
    std::string many = "a_l = '0'";
    for (int i = 1; i < 2'000; ++i) many += " OR a_l = '" + std::to_string(i) + "'";
    CHECK(eval(many, {{"a_l", "1999"}}) == "true");
}

TEST_CASE("a part that two conditions share is one node", "[splink]") {
    Program program;
    valueOf(parseCondition("levenshtein(a_l, a_r) <= 1", Dialect::DuckDb, Names::Suffixed, program));
    const std::uint32_t before = program.size();
    valueOf(parseCondition("levenshtein(a_l, a_r) <= 2", Dialect::DuckDb, Names::Suffixed, program));
    CHECK(program.size() == before + 2);  // the number 2 and the comparison
}
