using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Terroir.Provenance.Receipts;

namespace Terroir.Verify;

/// <summary>Writes what was found.</summary>
internal static class ReportText
{
    public static async Task WriteAsync(ReceiptReport report, bool isFrench, TextWriter output)
    {
        var thing = (report.IsOfExtract, isFrench) switch
        {
            _ when report.IsOfErasure => isFrench ? "Le certificat" : "The certificate",
            (false, true) => "Le reçu",
            (false, false) => "The receipt",
            (true, true) => "L'extrait",
            (true, false) => "The extract",
        };
        await output.WriteLineAsync((report.IsProven, isFrench) switch
        {
            (true, true) => $"{thing} est prouvé.",
            (true, false) => $"{thing} is proven.",
            (false, true) => $"{thing} n'est pas prouvé.",
            (false, false) => $"{thing} is not proven.",
        });
        await WriteAsync(isFrench ? "Faux ou inutilisable :" : "False or unusable:", report.Failed, isFrench, output);
        await WriteAsync(isFrench ? "Prouvé :" : "Proven:", report.Statements, isFrench, output);
        await WriteAsync(isFrench ? "Non montré :" : "Not shown:", report.NotShown, isFrench, output);
    }

    public static async Task WriteJsonAsync(ReceiptReport report, bool isFrench, TextWriter output)
    {
        using var buffer = new MemoryStream();
        // What is printed is no web page: letters with accents stay.
        var options = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        await using (var writer = new Utf8JsonWriter(buffer, options))
        {
            writer.WriteStartObject();
            writer.WriteBoolean("proven", report.IsProven);
            Write(writer, "statements", report.Statements, isFrench);
            Write(writer, "failed", report.Failed, isFrench);
            Write(writer, "notShown", report.NotShown, isFrench);
            writer.WriteEndObject();
        }

        await output.WriteLineAsync(Encoding.UTF8.GetString(buffer.ToArray()));
    }

    private static async Task WriteAsync(
        string title,
        IReadOnlyList<Finding> findings,
        bool isFrench,
        TextWriter output)
    {
        if (findings.Count == 0)
        {
            return;
        }

        await output.WriteLineAsync($"\n{title}");
        foreach (var finding in findings)
        {
            await output.WriteLineAsync($"- {Text(finding, isFrench)}");
        }
    }

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<Finding> findings, bool isFrench)
    {
        writer.WriteStartArray(name);
        foreach (var finding in findings)
        {
            writer.WriteStartObject();
            writer.WriteString("code", JsonNamingPolicy.CamelCase.ConvertName(finding.Code.ToString()));
            writer.WriteString("text", Text(finding, isFrench));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static string Text(Finding finding, bool isFrench) =>
        isFrench ? finding.ToFrench() : finding.ToEnglish();
}
