using System.Text;
using System.Text.Json;

namespace Terroir.Protection;

/// <summary>A single secret in a file of its own, wrapped. The format is <c>docs/formats/keys.md</c>.</summary>
internal sealed record WrappedSecret
{
    private const int FormatWritten = 1;

    /// <summary>The version of the format.</summary>
    public int Format { get; init; }

    /// <summary>What unwraps it.</summary>
    public required KeyWrapping Wrapping { get; init; }

    /// <summary>The wrapped secret.</summary>
    public required byte[] Wrapped { get; init; }

    public static byte[] Wrap(string name, ReadOnlySpan<byte> content, KeyProtector protector)
    {
        var secret = new WrappedSecret
        {
            Format = FormatWritten,
            Wrapping = protector.Wrapping,
            Wrapped = protector.Wrap(content, Context(name)),
        };
        return JsonSerializer.SerializeToUtf8Bytes(secret, KeyFileJson.Default.WrappedSecret);
    }

    public static byte[]? Unwrap(string name, ReadOnlySpan<byte> json, KeyProtector protector) =>
        KeyFileJson.TryRead(json, KeyFileJson.Default.WrappedSecret) is { Format: FormatWritten } secret
            ? protector.Unwrap(secret.Wrapping, secret.Wrapped, Context(name))
            : null;

    private static byte[] Context(string name) => Encoding.UTF8.GetBytes($"terroir secret {FormatWritten} {name}");
}
