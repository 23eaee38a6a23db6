namespace Terroir.Verify;

/// <summary>What was asked for.</summary>
internal sealed record VerifyOptions
{
    /// <summary>What <c>--help</c> prints.</summary>
    public const string Help =
        """
        Verifies a receipt, or an extract of a ledger, offline, and says what is proven and what is not.

        usage: terroir-verify FILE [options]

          FILE               the receipt (a Sigstore bundle), or the extract; for this, --key and --policy count
          --key KEY          who may have signed it: 64 hexadecimal digits, a verifier key of a log, or a file with one
                             of these or with a PEM; may be given again. Without it: the keys of the policy's logs
          --policy FILE      which logs and witnesses you trust (C2SP tlog-policy)
          --proof FILE       the proof that it was logged (C2SP tlog-proof)
          --openings FILE    what shows the question, the answer and the quotes, as far as you may see them
          --doc FILE         the canonical text of a document that it should cite; may be given again
          --ledger FOLDER    a copy of the ledger
          --lang fr|en       the language; English if not given
          --json             {"proven","statements","failed","notShown"}

        Ends with 0 if it is proven, 1 if not, 2 if it could not be tried.
        """;

    private static readonly string[] WithValue =
        ["--key", "--policy", "--proof", "--openings", "--doc", "--ledger", "--lang"];

    /// <summary>The file of the receipt or extract.</summary>
    public required string Receipt { get; init; }

    /// <summary>The options with their values, in order.</summary>
    public required ILookup<string, string> Values { get; init; }

    /// <summary>Whether to write JSON.</summary>
    public required bool IsJson { get; init; }

    /// <summary>Whether to write French.</summary>
    public bool IsFrench => Values["--lang"].LastOrDefault() is "fr";

    /// <summary>Reads arguments.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <exception cref="FormatException">They are wrong.</exception>
    public static VerifyOptions Parse(IReadOnlyList<string> arguments)
    {
        var values = new List<(string Name, string Value)>();
        var receipts = new List<string>();
        var isJson = false;
        for (var i = 0; i < arguments.Count; i++)
        {
            var name = arguments[i];
            if (WithValue.Contains(name, StringComparer.Ordinal))
            {
                values.Add((name, ++i < arguments.Count ? arguments[i] : throw Fault($"{name} needs a value")));
            }
            else if (name is "--json")
            {
                isJson = true;
            }
            else
            {
                receipts.Add(name.StartsWith('-') ? throw Fault($"there is no option {name}") : name);
            }
        }

        var options = new VerifyOptions
        {
            Receipt = receipts.Count == 1 ? receipts[0] : throw Fault("exactly one receipt is needed"),
            Values = values.ToLookup(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal),
            IsJson = isJson,
        };
        return options.Values["--lang"].All(language => language is "fr" or "en")
            ? options
            : throw Fault("--lang is fr or en");
    }

    private static FormatException Fault(string fault) =>
        new($"terroir-verify: {fault}. See terroir-verify --help.");
}
