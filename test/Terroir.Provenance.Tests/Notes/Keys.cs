using Microsoft.Extensions.Time.Testing;
using Terroir.Provenance.Notes;

namespace Terroir.Provenance.Tests.Notes;

/// <summary>Keys that are the same in every run.</summary>
internal static class Keys
{
    public const string Origin = "log.example/chu-valmont";

    public const long Now = 1_795_000_000;

    public static FakeTimeProvider Time { get; } = new(DateTimeOffset.FromUnixTimeSeconds(Now));

    public static NoteSigner Log { get; } = NoteSigner.Ed25519(Origin, Site(1));

    public static NoteSigner First { get; } = NoteSigner.Cosigner("witness.example/1", Site(2), Time);

    public static NoteSigner Second { get; } = NoteSigner.Cosigner("witness.example/2", Site(3), Time);

    public static NoteSigner Quantum { get; } = NoteSigner.Cosigner(
        "witness.example/3",
        MlDsa44Key.FromSeed(Enumerable.Repeat((byte)4, MlDsa44Key.SeedLength).ToArray()),
        Time);

    public static SiteKey Site(byte seed) =>
        SiteKey.FromSeed(Enumerable.Repeat(seed, SiteKey.Length).ToArray());
}
