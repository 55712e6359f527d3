#include "core/worker/wire.h"

#include <limits>
#include <random>

#include <catch2/catch_all.hpp>

#include "tests/support/results.h"

namespace fairlead::worker {

using test::valueOf;

TEST_CASE("numbers and texts come off the wire as they went on", "[worker]") {
    WireWriter out;
    out.byte(250);
    out.count(0xFFFF'FFFE);
    out.integer(std::numeric_limits<std::int64_t>::min());
    out.integer(-1);
    out.text(std::string_view("a\0b", 3));
    out.text("");
    WireReader in(out.bytes());
    CHECK(in.byte() == 250);
    CHECK(in.count() == 0xFFFF'FFFE);
    CHECK(in.integer() == std::numeric_limits<std::int64_t>::min());
    CHECK(in.integer() == -1);
    CHECK(in.text() == std::string_view("a\0b", 3));
    CHECK(in.text().empty());
    CHECK(in.isSound());
    CHECK(in.atEnd());
    CHECK(in.integer() == 0);
    CHECK_FALSE(in.isSound());
}

TEST_CASE("a text that says it is longer than what is there is none", "[worker]") {
    WireReader in(std::string_view("\x05\0\0\0abcd", 8));
    CHECK(in.text().empty());
    CHECK_FALSE(in.isSound());
    CHECK(in.byte() == 0);
}

TEST_CASE("frames come whole, whatever the pieces that their bytes come in", "[worker]") {
    std::mt19937 random(11);
    std::string bytes;
    std::vector<std::string> sent;
    for (int i = 0; i < 50; ++i) {
        sent.emplace_back(random() % 300, static_cast<char>('a' + i % 26));
        bytes += framed({static_cast<std::uint8_t>(i), sent.back()});
    }
    FrameBuffer buffer;
    std::size_t received = 0;
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t piece = 1 + random() % 97;
        buffer.add(std::string_view(bytes).substr(at, piece));
        at += piece;
        while (const auto frame = valueOf(buffer.next())) {
            REQUIRE(received < sent.size());
            CHECK(frame->kind == received);
            CHECK(frame->payload == sent[received]);
            ++received;
        }
    }
    CHECK(received == sent.size());
}

TEST_CASE("a frame longer than allowed is refused before its bytes have come", "[worker]") {
    FrameBuffer buffer;
    buffer.add(framed({1, std::string(kMostFrameBytes, 'x')}));
    CHECK(valueOf(buffer.next())->payload.size() == kMostFrameBytes);
    buffer.add(std::string_view("\x01\x00\x04\x00\x02", 5));
    CHECK(test::codeOf(buffer.next()) == ErrorCode::InvalidArgument);
}

}  // namespace fairlead::worker
