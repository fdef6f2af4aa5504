// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "firmware-bridge/host/remote_host.h"
#include "hil/modbus/serial_port.h"

namespace jh {

/// A host program as a child of this process, spoken to by lines over a pair of sockets. It ends
/// with this object; when it crashes, that is told here and nothing else happens.
class HostProcess final : public HostChannel {
public:
    static Expected<std::unique_ptr<HostProcess>, std::string> start(
        const std::filesystem::path& program, const std::vector<std::string>& arguments = {});
    ~HostProcess() override;

    Expected<void, std::string> send(std::string_view lines) override;
    Expected<std::string, std::string> receive() override;
    void patientUntil(std::function<bool()> givenUp) override { givenUp_ = std::move(givenUp); }
    int pid() const { return child_; }

    /// Longest silence before it is given up, by the wall clock.
    SimTime patience{60s};

private:
    HostProcess(std::string name, FileDescriptor near, int child)
        : name_{std::move(name)}, near_{std::move(near)}, child_{child} {}
    /// How it ended; waits for it.
    std::string ending();

    std::string name_;
    FileDescriptor near_;
    int child_;
    std::function<bool()> givenUp_;
    std::string heard_;
    std::size_t taken_{};
};

/// A program that stands beside the running one.
std::filesystem::path besideThisProgram(const std::string& name);

}  // namespace jh
