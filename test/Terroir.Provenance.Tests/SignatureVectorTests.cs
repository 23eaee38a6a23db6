using System.Security.Cryptography;
using System.Text.Json;

namespace Terroir.Provenance.Tests;

/// <summary>The vectors of Project Wycheproof for the primitives in use.</summary>
public sealed class SignatureVectorTests
{
    [Fact]
    public void Ed25519_agrees_with_all_151_vectors() =>
        CheckAll("ed25519_test.json", 151, (group, test) => SiteKey.Verify(
            Bytes(group.GetProperty("publicKey"), "pk"),
            Bytes(test, "msg"),
            Bytes(test, "sig")));

    [Fact]
    public void Ml_dsa_44_agrees_with_all_180_vectors() =>
        CheckAll("mldsa_44_verify_test.json", 180, (group, test) => MlDsa44Key.Verify(
            Bytes(group, "publicKey"),
            Bytes(test, "msg"),
            test.TryGetProperty("ctx", out _) ? Bytes(test, "ctx") : [],
            Bytes(test, "sig")));

    [Fact]
    public void Hmac_agrees_with_all_174_vectors() =>
        CheckAll("hmac_sha256_test.json", 174, (group, test) => CryptographicOperations.FixedTimeEquals(
            HMACSHA256.HashData(Bytes(test, "key"), Bytes(test, "msg"))
                .AsSpan(0, group.GetProperty("tagSize").GetInt32() / 8),
            Bytes(test, "tag")));

    [Fact]
    public void What_a_key_of_ml_dsa_44_signs_it_verifies_and_nothing_else()
    {
        var key = MlDsa44Key.FromSeed(new byte[MlDsa44Key.SeedLength]);
        var signature = key.Sign("content"u8);

        Assert.Equal(MlDsa44Key.SignatureLength, signature.Length);
        Assert.Equal(signature, key.Sign("content"u8));
        Assert.True(MlDsa44Key.Verify(key.PublicKey.Span, "content"u8, signature));
        Assert.False(MlDsa44Key.Verify(key.PublicKey.Span, "Content"u8, signature));
        Assert.False(MlDsa44Key.Verify(key.PublicKey.Span[1..], "content"u8, signature));
        Assert.False(MlDsa44Key.Verify(key.PublicKey.Span, "content"u8, signature.AsSpan(1)));
        Assert.Throws<ArgumentException>(() => MlDsa44Key.FromSeed(new byte[31]));
    }

    private static void CheckAll(string file, int count, Func<JsonElement, JsonElement, bool> isAccepted)
    {
        var verdicts = SharedData.Wycheproof(file).EnumerateArray()
            .SelectMany(group => group.GetProperty("tests").EnumerateArray().Select(test => (group, test)))
            .Select(pair => (
                Id: pair.test.GetProperty("tcId").GetInt32(),
                Wanted: string.Equals(pair.test.GetProperty("result").GetString(), "valid", StringComparison.Ordinal),
                Given: isAccepted(pair.group, pair.test)))
            .ToList();

        Assert.Equal(count, verdicts.Count);
        Assert.Empty(verdicts.Where(verdict => verdict.Wanted != verdict.Given).Select(verdict => verdict.Id));
    }

    private static byte[] Bytes(JsonElement element, string name) =>
        Convert.FromHexString(element.GetProperty(name).GetString()!);
}
