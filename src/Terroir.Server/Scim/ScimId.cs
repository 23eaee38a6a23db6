using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Terroir.Access;

namespace Terroir.Server.Scim;

/// <summary>The <c>id</c> of a resource: the principal, such as <c>user:nadia.benali</c>, in letters that stay what
/// they are in an address.</summary>
/// <remarks>RFC 7643 asks for ids that no two resources share, and a user and a group here may. An id with other
/// letters than <see cref="Plain"/> is written as <c>~</c> and the Base64url of its UTF-8.</remarks>
internal static class ScimId
{
    private const char Escape = '~';

    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.@");

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, true);

    /// <summary>The id of a user's resource.</summary>
    public static string OfUser(string user) => Principal.User(Write(user));

    /// <summary>The id of a group's resource.</summary>
    public static string OfGroup(string group) => Principal.Group(Write(group));

    /// <summary>The id of the resource that a principal is.</summary>
    public static string Of(string principal) => TrySplit(principal, "user:", out var user) ? OfUser(user)
        : TrySplit(principal, "group:", out var group) ? OfGroup(group)
        : principal;

    /// <summary>Finds the principal of a resource.</summary>
    /// <param name="id">What a client sent as an id.</param>
    /// <returns><c>user:ID</c> or <c>group:ID</c>, or <see langword="null"/> if it is no id, or not written as here.
    /// </returns>
    public static string? ToPrincipal(string id) => TrySplit(id, "user:", out var user) ? Named(Principal.User, user)
        : TrySplit(id, "group:", out var group) ? Named(Principal.Group, group)
        : null;

    private static bool TrySplit(string text, string prefix, out string rest)
    {
        var isPrefixed = text.StartsWith(prefix, StringComparison.Ordinal);
        rest = isPrefixed ? text[prefix.Length..] : "";
        return isPrefixed;
    }

    private static string? Named(Func<string, string> principal, string written) =>
        Read(written) is { } id && Principal.IsId(id) && string.Equals(Write(id), written, StringComparison.Ordinal)
            ? principal(id)
            : null;

    // A path of dots only would be taken for a folder.
    private static string Write(string id) => id.AsSpan().ContainsAnyExcept(Plain) || id.All(letter => letter is '.')
        ? Escape + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(id))
        : id;

    private static string? Read(string written)
    {
        if (!written.StartsWith(Escape))
        {
            return written;
        }

        try
        {
            return StrictUtf8.GetString(Base64Url.DecodeFromChars(written.AsSpan(1)));
        }
        catch (Exception exception) when (exception is FormatException or DecoderFallbackException)
        {
            return null;
        }
    }
}
