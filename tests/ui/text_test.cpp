#include <set>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "ui/text/explain.h"

using namespace fairlead;

namespace {

/// Every code: name() gives a name of its own to each of the enumeration and "internal" to any other number.
std::vector<ErrorCode> everyCode() {
    std::vector<ErrorCode> codes;
    for (int number = 0; number < 256; ++number) {
        const auto code = static_cast<ErrorCode>(number);
        if (code == ErrorCode::Internal || name(code) != "internal") {
            codes.push_back(code);
        }
    }
    return codes;
}

}  // namespace

TEST_CASE("every error code says what happened, what it means and what to do", "[ui][text]") {
    const auto codes = everyCode();
    CHECK(codes.size() >= 36);
    for (const ErrorCode code : codes) {
        INFO(name(code));
        for (const char* subject : {"", "police_3.fxt"}) {
            const auto explanation = text::explain(Error{code, subject, ""});
            for (const std::string& sentence : {explanation.what, explanation.meaning, explanation.remedy}) {
                CHECK(sentence.size() > 10);
                CHECK(sentence.back() == '.');
                CHECK(sentence.find("{}") == std::string::npos);
                CHECK(sentence.find("  ") == std::string::npos);
            }
        }
    }
}

TEST_CASE("no two error codes share their first sentence", "[ui][text]") {
    std::set<std::string> sentences;
    for (const ErrorCode code : everyCode()) {
        INFO(name(code));
        CHECK(sentences.insert(text::explain(Error{code, "x", ""}).what).second);
    }
}

TEST_CASE("a subject with braces and percent signs is shown as it is", "[ui][text]") {
    const auto explanation = text::explain(Error{ErrorCode::NotFound, "{} %1 <b>x</b>", ""});
    CHECK(explanation.what == "{} %1 <b>x</b> was not found.");
}

TEST_CASE("a workspace without a load is not called lost", "[ui][text]") {
    CHECK(text::explain(Error{ErrorCode::NotFound, "load", ""}).what == "Nothing is loaded yet.");
    CHECK(text::explain(Error{ErrorCode::NotFound, "load 7", ""}).what == "load 7 was not found.");
}

TEST_CASE("every phase has a phrase of its own", "[ui][text]") {
    std::set<std::string> phrases;
    for (int number = 0; number <= static_cast<int>(Phase::Drawing); ++number) {
        CHECK(phrases.insert(text::phrase(static_cast<Phase>(number))).second);
    }
    CHECK_FALSE(phrases.contains(""));
}

TEST_CASE("a translation replaces the sentence before the subject is filled in", "[ui][text]") {
    const auto explanation = text::explain(Error{ErrorCode::NotFound, "a.txt", ""}, [](const char* english) {
        return std::string(english) == "{} was not found." ? std::string("Ni chafwyd hyd i {}.") : std::string(english);
    });
    CHECK(explanation.what == "Ni chafwyd hyd i a.txt.");
}
