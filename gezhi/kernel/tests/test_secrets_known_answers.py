"""The ciphers give the answers printed in the standards."""

from cryptography.hazmat.primitives.ciphers import Cipher, modes

from gezhi.kernel.secrets import digest
from gezhi.kernel.secrets.ciphers import SM4, FieldCipher, Mac

# RFC 8998, appendix A.1
KEY = bytes.fromhex("0123456789abcdeffedcba9876543210")
NONCE = bytes.fromhex("00001234567800000000abcd")
ASSOCIATED = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
PLAIN = bytes.fromhex(
    "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"
    "eeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa"
)
SEALED = bytes.fromhex(
    "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
    "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
    "83de3541e4c2b58177e065a9bf7b62ec"
)


def test_sm3_of_abc_is_that_of_gb_t_32905_a_1():
    expected = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert digest(b"abc").hex() == expected


def test_sm3_of_512_bits_is_that_of_gb_t_32905_a_2():
    expected = "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
    assert digest(b"abcd" * 16).hex() == expected


def test_sm4_of_one_block_is_that_of_gb_t_32907_a_1():
    running = Cipher(SM4(KEY), modes.ECB()).encryptor()  # noqa: S305 - the standard's own example
    assert running.update(KEY).hex() == "681edf34d206965e86b3e94f536e4246"


def test_sm4_a_million_times_is_that_of_gb_t_32907_a_2():
    # CBC over zero blocks feeds each cipher block into the next one, so the last block of
    # 1,000,000 is the example's block enciphered 1,000,000 times, in one call.
    running = Cipher(SM4(KEY), modes.CBC(KEY)).encryptor()
    last = running.update(bytes(16 * 1_000_000))[-16:]
    assert last.hex() == "595298c7c6fd271f0402f804c33d3f66"


def test_sm4_gcm_is_that_of_rfc_8998_a_1():
    cipher = FieldCipher(KEY)
    assert cipher.encrypt(NONCE, PLAIN, ASSOCIATED) == SEALED
    assert cipher.decrypt(NONCE, SEALED, ASSOCIATED) == PLAIN


def test_every_flipped_bit_of_the_tag_is_noticed():
    cipher = FieldCipher(KEY)
    for place in range(len(SEALED) - 16, len(SEALED)):
        for bit in range(8):
            altered = bytearray(SEALED)
            altered[place] ^= 1 << bit
            assert cipher.decrypt(NONCE, bytes(altered), ASSOCIATED) is None


def test_a_text_shorter_than_its_tag_is_refused():
    assert FieldCipher(KEY).decrypt(NONCE, SEALED[:15], ASSOCIATED) is None


def test_hmac_sm3_follows_rfc_2104():
    def by_definition(key: bytes, data: bytes) -> bytes:
        block = (digest(key) if len(key) > 64 else key).ljust(64, b"\0")
        inner = digest(bytes(sign ^ 0x36 for sign in block) + data)
        return digest(bytes(sign ^ 0x5C for sign in block) + inner)

    for key in (b"Jefe", b"k" * 32, b"k" * 64, b"k" * 200):
        for data in (b"", b"what do ya want for nothing?", b"x" * 1000):
            assert Mac(key)(data) == by_definition(key, data)


def test_hmac_sm3_gives_the_published_answer():
    expected = "2e87f1d16862e6d964b50a5200bf2b10b764faa9680a296a2405f24bec39f882"
    assert Mac(b"Jefe")(b"what do ya want for nothing?").hex() == expected
