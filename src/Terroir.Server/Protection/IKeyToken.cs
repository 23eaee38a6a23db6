namespace Terroir.Server.Protection;

/// <summary>A device that wraps the master key of a site so that the device alone unwraps it.</summary>
internal interface IKeyToken
{
    /// <summary>What kind of device it is, as the file of the wrapped key says; <see langword="null"/> for a PKCS#11
    /// token.</summary>
    string? Kind { get; }

    /// <summary>Wraps a secret.</summary>
    /// <param name="secret">The secret.</param>
    /// <param name="context">What must be the same when it is unwrapped.</param>
    /// <returns>What <see cref="Unwrap"/> takes, in the device's own form.</returns>
    /// <exception cref="TokenRefusedException">The device does not do it.</exception>
    byte[] Wrap(byte[] secret, byte[] context);

    /// <summary>Unwraps what <see cref="Wrap"/> wrapped.</summary>
    /// <param name="wrapped">What it returned.</param>
    /// <param name="context">What it was wrapped with.</param>
    /// <returns>The secret.</returns>
    /// <exception cref="TokenRefusedException">The device does not do it, or is another one.</exception>
    byte[] Unwrap(byte[] wrapped, byte[] context);
}
