// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/serve_capture.h"

namespace jh {

namespace {

SimTime since1970() {
    return std::chrono::system_clock::now().time_since_epoch();
}

}  // namespace

std::string ServeCapture::open(const std::string& file) {
    auto made = PcapFile::create(file);
    if (!made) return made.error().text;
    file_ = std::make_unique<PcapFile>(std::move(*made));
    return {};
}

void ServeCapture::watch(TcpServer& server) {
    server.setMonitor([this](const TcpExchange& exchange) {
        const SimTime now = since1970();
        if (exchange.framing == AduFraming::rtu) {
            file_->addSerial(now, true, true, exchange.request);
            if (!exchange.reply.empty()) file_->addSerial(now, false, true, exchange.reply);
            return;
        }
        file_->addTcp(now, exchange.connection, exchange.port, true, exchange.request);
        if (exchange.reply.empty()) return;
        file_->addTcp(now, exchange.connection, exchange.port, false, exchange.reply);
    });
}

void ServeCapture::watch(RtuPort& port) {
    RtuDialogue& dialogue = dialogues_[&port];
    port.monitor = [this, &dialogue](const RtuExchange& exchange) {
        const SimTime now = since1970();
        const bool asks =
            dialogue.sideOf(exchange.request, steadyNow(), steadyNow()) == RtuSide::request;
        file_->addSerial(now, asks, true, exchange.request);
        if (exchange.reply.empty()) return;
        dialogue.sideOf(exchange.reply, steadyNow(), steadyNow());
        file_->addSerial(now, false, true, exchange.reply);
    };
}

std::string ServeCapture::problem() {
    if (!file_) return {};
    const auto written = file_->written();
    return written ? std::string{} : written.error().text;
}

}  // namespace jh
