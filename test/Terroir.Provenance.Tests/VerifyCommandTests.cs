using System.Text.Json;
using Terroir.Verify;

namespace Terroir.Provenance.Tests;

/// <summary>The program <c>terroir-verify</c>, on the golden receipt.</summary>
public sealed class VerifyCommandTests
{
    private static readonly string Golden = Path.Combine(AppContext.BaseDirectory, "golden", "receipt", "1");

    private static readonly string Receipt = File("receipt.json");

    [Fact]
    public async Task A_whole_receipt_ends_with_0_and_says_what_is_proven_and_what_not()
    {
        var (code, output, errors) = await RunAsync(
            Receipt, "--policy", File("policy"), "--proof", File("receipt.tlog-proof"),
            "--openings", File("openings.json"), "--doc", File("text.txt"), "--key", File("site.pub"));

        Assert.Equal((0, ""), (code, errors));
        Assert.StartsWith("The receipt is proven.", output, StringComparison.Ordinal);
        Assert.Contains("- Citation 1 is in the document, from byte 20 to", output, StringComparison.Ordinal);
        Assert.Contains("- That the decision was 'allow', only the site states.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receipt_of_another_key_ends_with_1_and_says_so_in_french()
    {
        var (code, output, _) = await RunAsync(Receipt, "--key", new string('0', 64), "--lang", "fr");

        Assert.Equal(1, code);
        Assert.StartsWith("Le reçu n'est pas prouvé.", output, StringComparison.Ordinal);
        Assert.Contains("- Aucune clé à laquelle vous faites confiance", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_has_the_verdict_and_the_findings_by_code()
    {
        var (code, output, _) = await RunAsync(Receipt, "--policy", File("policy"), "--json");
        using var json = JsonDocument.Parse(output);

        Assert.Equal(0, code);
        Assert.True(json.RootElement.GetProperty("proven").GetBoolean());
        Assert.Equal(
            "complete signatureHolds",
            string.Join(' ', json.RootElement.GetProperty("statements").EnumerateArray()
                .Select(finding => finding.GetProperty("code").GetString())));
        Assert.Empty(json.RootElement.GetProperty("failed").EnumerateArray());
        Assert.NotEmpty(json.RootElement.GetProperty("notShown").EnumerateArray());
    }

    [Theory]
    [InlineData("exactly one receipt")]
    [InlineData("no option --speed", "receipt", "--speed")]
    [InlineData("--key needs a value", "receipt", "--key")]
    [InlineData("--lang is fr or en", "receipt", "--lang", "de")]
    [InlineData("exactly one receipt", "receipt", "receipt")]
    [InlineData("no verifier key", "receipt", "--key", "no key")]
    [InlineData("could not find file", "no-such-receipt")]
    public async Task What_cannot_be_tried_ends_with_2_and_advice(string advice, params string[] arguments)
    {
        var (code, output, errors) = await RunAsync(arguments);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains(advice, errors, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Help_names_every_option()
    {
        var (code, output, _) = await RunAsync("--help");

        Assert.Equal(0, code);
        Assert.All(
            (string[])["--key", "--policy", "--proof", "--openings", "--doc", "--ledger", "--lang", "--json"],
            option => Assert.Contains(option, output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_may_be_a_pem()
    {
        var key = Convert.FromHexString(await System.IO.File.ReadAllTextAsync(
            File("site.pub"),
            TestContext.Current.CancellationToken));
        var der = Convert.ToBase64String([.. Convert.FromHexString("302a300506032b6570032100"), .. key]);
        var (code, _, _) = await RunAsync(
            Receipt,
            "--key",
            $"-----BEGIN PUBLIC KEY-----\n{der}\n-----END PUBLIC KEY-----\n");

        Assert.Equal(0, code);
    }

    private static string File(string name) => Path.Combine(Golden, name);

    private static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await VerifyCommand.RunAsync(arguments, output, errors, TestContext.Current.CancellationToken);
        return (code, output.ToString(), errors.ToString());
    }
}
