using System.Text;
using System.Text.Json;
using CsCheck;
using Terroir.Provenance.Json;

namespace Terroir.Provenance.Tests.Json;

public sealed class CanonicalJsonTests
{
    [Theory]
    [InlineData("arrays")]
    [InlineData("french")]
    [InlineData("structures")]
    [InlineData("unicode")]
    [InlineData("values")]
    [InlineData("weird")]
    public void The_vectors_of_rfc_8785_come_out_byte_by_byte(string name)
    {
        var folder = Path.Combine(SharedData.Vectors("jcs"), "testdata");
        var canonical = CanonicalJson.Canonicalize(File.ReadAllBytes(Path.Combine(folder, "input", name + ".json")));
        var hex = File.ReadAllText(Path.Combine(folder, "outhex", name + ".txt"));

        Assert.Equal(Convert.FromHexString(string.Concat(hex.Where(char.IsAsciiHexDigit))), canonical);
        Assert.Equal(File.ReadAllBytes(Path.Combine(folder, "output", name + ".json")), canonical);
        Assert.True(CanonicalJson.IsCanonical(canonical));
    }

    [Theory]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"a\":1,\"\\u0061\":2}")]
    [InlineData("{\"b\":{\"a\":1,\"a\":1}}")]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"\\udc00\\ud800\"")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("NaN")]
    [InlineData("01")]
    [InlineData("1 2")]
    [InlineData("[1,]")]
    [InlineData("[1")]
    [InlineData("{\"a\"}")]
    [InlineData("\"a\tb\"")]
    [InlineData("/* */ 1")]
    [InlineData("\uFEFF1")]
    [InlineData("")]
    public void What_could_be_read_in_two_ways_is_refused(string json) =>
        Assert.Throws<ProofFormatException>(() => CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void A_string_that_is_not_utf_8_is_refused() =>
        Assert.Throws<ProofFormatException>(() => CanonicalJson.Canonicalize([(byte)'"', 0xC3, 0x28, (byte)'"']));

    [Fact]
    public void Sixty_four_levels_are_read_and_no_more()
    {
        var deep = new string('[', 64) + new string(']', 64);

        Assert.Equal(deep, Canonical(deep));
        Assert.Throws<ProofFormatException>(() => Canonical($"[{deep}]"));
    }

    [Theory]
    [InlineData("{ \"é\" : 1.0 , \"e\" : [ -0 , 1E2 ] , \"\\u20AC\" : { } }", "{\"e\":[0,100],\"é\":1,\"€\":{}}")]
    [InlineData("\"\\/\\u001f\\u007f\\\"\"", "\"/\\u001f\u007f\\\"\"")]
    [InlineData("9007199254740993", "9007199254740992")]
    [InlineData("1e-400", "0")]
    public void Other_spellings_become_the_one(string json, string canonical) =>
        Assert.Equal(canonical, Canonical(json));

    [Fact]
    public void The_canonical_form_of_any_text_is_its_own() =>
        Gen.String[Gen.Char['\0', '\uD7FF'], 0, 100].Sample(text =>
        {
            var json = JsonSerializer.Serialize(text);
            var canonical = CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(json));

            Assert.True(CanonicalJson.IsCanonical(canonical));
            Assert.Equal(text, JsonSerializer.Deserialize<string>(canonical));
        });

    private static string Canonical(string json) =>
        Encoding.UTF8.GetString(CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(json)));
}
