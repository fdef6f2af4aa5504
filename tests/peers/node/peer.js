// SPDX-License-Identifier: GPL-3.0-or-later
// Reads, writes and is refused, over `tcp PORT` or `rtu DEVICE BAUD`; prints how many of each.
"use strict";
const assert = require("node:assert");
const ModbusRTU = require("modbus-serial");

const STATUS = 0, GROSS = 1, TARE = 5, COMMAND = 22, DO_TARE = 2, CLEAR_TARE = 3, STABLE = 1;
const READINGS = 200;

async function refused(promise, code) {
    const error = await promise.then(() => null, (e) => e);
    assert(error && error.modbusCode === code, `expected exception ${code}, got ${error}`);
}

async function main([wire, place, baud]) {
    const client = new ModbusRTU();
    if (wire === "tcp") await client.connectTCP("127.0.0.1", { port: Number(place) });
    else await client.connectRTUBuffered(place, { baudRate: Number(baud), parity: "none", stopBits: 2 });
    client.setID(1);
    client.setTimeout(5000);
    const value = async (address) => (await client.readHoldingRegisters(address, 2)).buffer.readInt32BE(0);
    const until = async (holds, what) => {
        for (let i = 0; i < 600; ++i) {
            if (await holds()) return;
            await new Promise((resolve) => setTimeout(resolve, 100));
        }
        throw new Error("never came true: " + what);
    };
    await until(async () => (await client.readHoldingRegisters(STATUS, 1)).data[0] & STABLE && (await value(GROSS)) > 19000,
        "20 t at rest");
    const start = process.hrtime.bigint();
    for (let i = 0; i < READINGS; ++i) {
        const { data } = await client.readHoldingRegisters(0, 10);
        assert.strictEqual(data.length, 10);
        assert(Math.abs(data[2] - 20000) <= 40, `gross is ${data[2]}`);
    }
    const each_ms = Number(process.hrtime.bigint() - start) / 1e6 / READINGS;
    await client.writeRegister(COMMAND, DO_TARE);
    await until(async () => (await value(TARE)) !== 0, "a tare is set");
    await client.writeRegisters(20, [0, 0, CLEAR_TARE]);
    await until(async () => (await value(TARE)) === 0, "no tare is set");
    await refused(client.readHoldingRegisters(5000, 1), 2);
    await refused(client.readInputRegisters(0, 1), 1);
    await refused(client.readCoils(0, 1), 1);
    await refused(client.writeCoil(0, true), 1);
    await refused(client.writeRegister(GROSS, 1), 2);
    await refused(client.readHoldingRegisters(0, 126), 3);
    console.log(`modbus-serial ${wire}: ${READINGS} readings at ${each_ms.toFixed(2)} ms each, 2 writes, 6 exceptions`);
    client.close(() => process.exit(0));
}

main(process.argv.slice(2)).catch((error) => {
    console.error(error);
    process.exit(1);
});
