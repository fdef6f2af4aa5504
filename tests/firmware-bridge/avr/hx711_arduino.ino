/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An HX711 as sketches read it: DOUT on D2, SCK on D3; every conversion goes out as a decimal line. */
const uint8_t DOUT_PIN = 2, SCK_PIN = 3;

static long conversion() {
    uint32_t code = 0;
    while (digitalRead(DOUT_PIN) == HIGH) {
    }
    for (uint8_t i = 0; i < 3; ++i) code = code << 8 | shiftIn(DOUT_PIN, SCK_PIN, MSBFIRST);
    digitalWrite(SCK_PIN, HIGH); /* the 25th: channel A, gain 128 again */
    digitalWrite(SCK_PIN, LOW);
    if (code & 0x800000) code |= 0xFF000000;
    return (long)code;
}

void setup() {
    pinMode(DOUT_PIN, INPUT);
    pinMode(SCK_PIN, OUTPUT);
    Serial.begin(115200);
}

void loop() {
    Serial.println(conversion());
}
