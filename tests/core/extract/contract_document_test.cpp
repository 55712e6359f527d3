// The document for suppliers and the code say the same.

#include <catch2/catch_all.hpp>
#include <fmt/format.h>

#include "core/extract/contract.h"
#include "tests/core/extract/extract_fixture.h"
#include "tests/support/results.h"

namespace fairlead::extract {

TEST_CASE("the contract's document names every table, column, kind, code and length", "[extract]") {
    const auto document = test::bytesOf(test::projectPath("resources/docs/extract-contract.md"));
    CHECK(document.contains(fmt::format("application_id = {}", kApplicationId)));
    CHECK(document.contains(fmt::format("user_version = {}", kContractVersion)));
    CHECK(document.contains(createStatement(*findTable("identifier"))));
    for (const auto& table : contractTables()) {
        const auto start = document.find(fmt::format("### `{}`", table.name));
        CAPTURE(table.name);
        REQUIRE(start != std::string::npos);
        const auto section = document.substr(start, document.find("\n##", start + 4) - start);
        std::size_t at = 0;
        for (const auto& column : table.columns) {
            CAPTURE(column.name);
            const bool hasLength = column.type == ColumnType::Text && column.codes.empty() && column.name != "kind" &&
                                   column.name != "role";
            const auto mark = fmt::format("`{}`{}{}", column.name, column.required ? " !" : "",
                                          hasLength ? fmt::format(" {}", column.most) : "");
            at = section.find(mark, at);
            REQUIRE(at != std::string::npos);  // in the order of the file
        }
    }
    for (const auto& kind : record::factKinds()) {
        const auto row =
            fmt::format("\n| `{}` | {}", kind.id, kind.shape == record::Shape::Status ? "status" : "event");
        CAPTURE(kind.id);
        CHECK(document.contains(row));
        const bool isListed =
            kind.kind != record::FactKind::AssessmentFactor && kind.kind != record::FactKind::ChildInNeed;
        const auto codes = codesOf(kind.kind);
        if (!codes || !isListed) continue;
        for (const auto code : *codes) CHECK(document.contains(fmt::format("`{}`", code)));
    }
}

TEST_CASE("the contract's document explains every refusal and every key of the manifest", "[extract]") {
    const auto document = test::bytesOf(test::projectPath("resources/docs/extract-contract.md"));
    for (int code = static_cast<int>(ErrorCode::ExtractNotRegularFile);
         code <= static_cast<int>(ErrorCode::SequenceReplay); ++code) {
        const auto id = name(static_cast<ErrorCode>(code));
        CAPTURE(id);
        CHECK(document.contains(fmt::format("\n| `{}` |", id)));
    }
    const auto json = canonicalJson(test::policeDraft());
    for (std::size_t at = json.find("\":"); at != std::string::npos; at = json.find("\":", at + 1)) {
        const auto key = json.substr(json.rfind('"', at - 1) + 1, at - json.rfind('"', at - 1) - 1);
        CAPTURE(key);
        CHECK(document.contains(fmt::format("`{}`", key)));
    }
}

}  // namespace fairlead::extract
