#include "core/extract/reader_wire.h"

#include <algorithm>
#include <array>

#include "core/extract/contract.h"

namespace fairlead::extract {

namespace {

using worker::Frame;
using worker::WireReader;
using worker::WireWriter;

constexpr std::size_t kMostDetail = 300;
// What can be wrong with a file; anything else that is said means that the reading went wrong.
constexpr std::array kRefusals = {
    ErrorCode::WrongKey,       ErrorCode::ExtractNotRegularFile, ErrorCode::ExtractPlaintext, ErrorCode::ExtractSidecar,
    ErrorCode::ExtractDamaged, ErrorCode::ExtractSchema,         ErrorCode::ExtractValue,
};

std::string frameOf(Answer kind, std::string_view payload) {
    return worker::framed({static_cast<std::uint8_t>(kind), payload});
}

Status nonsense() { return fail(ErrorCode::ExtractDamaged, {}, "the process that read it answered nonsense"); }

/// Fit for a log: whoever wrote it may have been taken over.
std::string plain(std::string_view text) {
    std::string out(text.substr(0, kMostDetail));
    for (auto& c : out) {
        if (c < 0x20 || c > 0x7E) c = '?';
    }
    return out;
}

Error refusalFrom(WireReader payload) {
    const auto code = static_cast<ErrorCode>(payload.byte());
    auto detail = plain(payload.text());
    if (std::ranges::find(kRefusals, code) != kRefusals.end()) return {code, {}, std::move(detail)};
    return {ErrorCode::ExtractDamaged, {}, "it could not be read within the limits: " + detail};
}

void putCell(WireWriter& out, const Cell& cell) {
    out.byte(static_cast<std::uint8_t>(cell.storage));
    if (cell.storage == Cell::Storage::Integer) out.integer(cell.integer);
    if (cell.storage == Cell::Storage::Text) out.text(cell.text);
}

/// False when it is no cell.
bool takeCell(WireReader& in, CellRow& cells) {
    switch (in.byte()) {
        case static_cast<std::uint8_t>(Cell::Storage::Null): cells.addNull(); break;
        case static_cast<std::uint8_t>(Cell::Storage::Integer): cells.addInteger(in.integer()); break;
        case static_cast<std::uint8_t>(Cell::Storage::Text): cells.addText(in.text()); break;
        case static_cast<std::uint8_t>(Cell::Storage::Other): cells.addOther(); break;
        default: return false;
    }
    return in.isSound();
}

}  // namespace

std::string orderBytes(const ReadOrder& order) {
    WireWriter out;
    out.text(order.copy.string());
    out.byte(order.rawKey ? 1 : 0);
    out.integer(order.deadline.count());
    out.text(order.agency);
    out.count(static_cast<std::uint32_t>(order.tables.size()));
    for (const auto table : order.tables) out.count(static_cast<std::uint32_t>(table));
    return out.bytes();
}

Result<ReadOrder> orderFrom(std::string_view bytes) {
    WireReader in(bytes);
    ReadOrder order;
    order.copy = std::string(in.text());
    order.rawKey = in.byte() == 1;
    order.deadline = std::chrono::milliseconds(in.integer());
    order.agency = in.text();
    const auto count = in.count();
    bool isSound = count <= contractTables().size();
    for (std::uint32_t i = 0; isSound && i < count; ++i) {
        order.tables.push_back(in.count());
        isSound = order.tables.back() < contractTables().size();
    }
    if (isSound && in.isSound() && in.atEnd()) return order;
    return fail(ErrorCode::InvalidArgument, "order");
}

std::string readyFrame(const worker::Confinement& confinement) {
    WireWriter out;
    out.count(confinement.bits());
    return frameOf(Answer::Ready, out.bytes());
}

std::string doneFrame() { return frameOf(Answer::Done, {}); }

std::string refusedFrame(const Error& error) {
    WireWriter out;
    out.byte(static_cast<std::uint8_t>(error.code));
    out.text(std::string_view(error.detail).substr(0, kMostDetail));
    return frameOf(Answer::Refused, out.bytes());
}

void RowBatch::add(std::size_t table, std::int64_t rowId, std::span<const Cell> cells) {
    m_rows.byte(static_cast<std::uint8_t>(table));
    m_rows.integer(rowId);
    for (const auto& cell : cells) putCell(m_rows, cell);
}

std::string RowBatch::take() {
    auto frame = frameOf(Answer::Rows, m_rows.bytes());
    m_rows.clear();
    return frame;
}

Status AnswerReader::takeReady(WireReader payload) {
    m_confinement = worker::Confinement::fromBits(payload.count());
    m_ready = payload.isSound() && payload.atEnd();
    return m_ready ? Status() : nonsense();
}

Status AnswerReader::takeRows(WireReader payload) {
    CellRow cells;
    while (!payload.atEnd()) {
        const std::size_t table = payload.byte();
        const auto rowId = payload.integer();
        if (table >= contractTables().size()) return nonsense();
        cells.clear();
        for (std::size_t i = 0; i < contractTables()[table].columns.size(); ++i) {
            if (!takeCell(payload, cells)) return nonsense();
        }
        FAIRLEAD_OK(m_intake.add(table, rowId, cells.cells()));
    }
    return payload.isSound() ? Status() : nonsense();
}

Status AnswerReader::take(const Frame& frame) {
    const auto kind = static_cast<Answer>(frame.kind);
    const WireReader payload(frame.payload);
    if (m_done || m_ready == (kind == Answer::Ready)) {
        // The one thing that may be said before all is ready is that it cannot be.
        if (m_done || m_ready || kind != Answer::Refused) return nonsense();
    }
    switch (kind) {
        case Answer::Ready: return takeReady(payload);
        case Answer::Rows: return takeRows(payload);
        case Answer::Done: m_done = true; return payload.atEnd() ? Status() : nonsense();
        case Answer::Refused: return fail(refusalFrom(payload));
    }
    return nonsense();
}

}  // namespace fairlead::extract
