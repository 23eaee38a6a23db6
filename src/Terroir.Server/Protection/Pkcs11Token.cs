using System.Security.Cryptography;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;
using ISession = Net.Pkcs11Interop.HighLevelAPI.ISession;

namespace Terroir.Server.Protection;

/// <summary>A token that wraps the master key of a site with an AES key of its own, which never leaves it.</summary>
/// <param name="module">The absolute path of its PKCS#11 module.</param>
/// <param name="label">The label of the token.</param>
/// <param name="keyLabel">The label of the AES key.</param>
/// <param name="pin">The PIN of its user.</param>
internal sealed class Pkcs11Token(string module, string label, string keyLabel, string pin) : IKeyToken
{
    private const int KeySizeBytes = 32;
    private const int NonceSizeBytes = 12;
    private const int TagSizeBits = 128;
    private const int FoundMax = 2;

    public string? Kind => null;

    /// <summary>Wraps a secret, and makes the AES key the first time.</summary>
    /// <param name="secret">The secret.</param>
    /// <param name="context">What must be the same when it is unwrapped.</param>
    /// <returns>A random nonce, the secret in AES-256-GCM, the tag.</returns>
    /// <exception cref="TokenRefusedException">The token does not do it.</exception>
    public byte[] Wrap(byte[] secret, byte[] context) => Use(session =>
    {
        var key = Find(session) ?? Create(session);
        var nonce = RandomNumberGenerator.GetBytes(NonceSizeBytes);
        return [.. nonce, .. session.Encrypt(Gcm(session, nonce, context), key, secret)];
    });

    /// <summary>Unwraps what <see cref="Wrap"/> wrapped.</summary>
    /// <param name="wrapped">The nonce, the secret in AES-256-GCM, the tag.</param>
    /// <param name="context">What it was wrapped with.</param>
    /// <returns>The secret.</returns>
    /// <exception cref="TokenRefusedException">The token does not do it, or has another key.</exception>
    public byte[] Unwrap(byte[] wrapped, byte[] context) => Use(session =>
    {
        var key = Find(session) ?? throw new TokenRefusedException(
            $"the token '{label}' has no AES key with the label '{keyLabel}'. Set 'tokenKey:' to the one that wrapped "
                + "keys/master.key.token, or bring the token that has it.");
        return session.Decrypt(Gcm(session, wrapped[..NonceSizeBytes], context), key, wrapped[NonceSizeBytes..]);
    });

    private byte[] Use(Func<ISession, byte[]> use)
    {
        using var library = Pkcs11Module.Load(module);
        try
        {
            var slot = FindSlot(library);

            // A service that starts again and again must not lock the token with a wrong PIN.
            if (slot.GetTokenInfo().TokenFlags.UserPinFinalTry)
            {
                throw new TokenRefusedException(
                    $"one more wrong PIN locks the token '{label}'. Put the right PIN where 'tokenPin:' says, and "
                        + "log in once with the tool of the vendor.");
            }

            using var session = slot.OpenSession(SessionType.ReadWrite);
            session.Login(CKU.CKU_USER, pin);
            return use(session);
        }
        catch (Pkcs11Exception exception)
        {
            throw new TokenRefusedException(Explain(exception.RV), exception);
        }
    }

    private ISlot FindSlot(IPkcs11Library library)
    {
        var slots = library.GetSlotList(SlotsType.WithTokenPresent)
            .Where(slot => string.Equals(slot.GetTokenInfo().Label.TrimEnd(), label, StringComparison.Ordinal))
            .Take(FoundMax)
            .ToList();
        return slots.Count == 1
            ? slots[0]
            : throw new TokenRefusedException(slots.Count == 0
                ? $"no token with the label '{label}' is there. Connect it, or set 'tokenLabel:'."
                : $"several tokens have the label '{label}'. Leave one connected.");
    }

    private IObjectHandle? Find(ISession session)
    {
        var attributes = session.Factories.ObjectAttributeFactory;
        var found = session.FindAllObjects(
        [
            attributes.Create(CKA.CKA_CLASS, CKO.CKO_SECRET_KEY),
            attributes.Create(CKA.CKA_KEY_TYPE, CKK.CKK_AES),
            attributes.Create(CKA.CKA_LABEL, keyLabel),
        ]);
        return found.Count < FoundMax
            ? found.FirstOrDefault()
            : throw new TokenRefusedException(
                $"several of its AES keys have the label '{keyLabel}'. Rename all but one.");
    }

    private IObjectHandle Create(ISession session)
    {
        var attributes = session.Factories.ObjectAttributeFactory;
        return session.GenerateKey(
            session.Factories.MechanismFactory.Create(CKM.CKM_AES_KEY_GEN),
            [
                attributes.Create(CKA.CKA_LABEL, keyLabel),
                attributes.Create(CKA.CKA_VALUE_LEN, KeySizeBytes),
                attributes.Create(CKA.CKA_TOKEN, value: true),
                attributes.Create(CKA.CKA_PRIVATE, value: true),
                attributes.Create(CKA.CKA_SENSITIVE, value: true),
                attributes.Create(CKA.CKA_EXTRACTABLE, value: false),
                attributes.Create(CKA.CKA_ENCRYPT, value: true),
                attributes.Create(CKA.CKA_DECRYPT, value: true),
            ]);
    }

    private static IMechanism Gcm(ISession session, byte[] nonce, byte[] context) =>
        session.Factories.MechanismFactory.Create(
            CKM.CKM_AES_GCM,
            session.Factories.MechanismParamsFactory.CreateCkGcmParams(
                nonce,
                8 * NonceSizeBytes,
                context,
                TagSizeBits));

    private string Explain(CKR error) => error switch
    {
        CKR.CKR_PIN_INCORRECT or CKR.CKR_PIN_LEN_RANGE or CKR.CKR_PIN_INVALID =>
            $"the PIN of 'tokenPin:' is not that of the token '{label}'. Put it right before the next start: a token "
                + "is locked after some wrong ones.",
        CKR.CKR_PIN_LOCKED => $"the token '{label}' is locked. Its security officer sets a new PIN.",
        CKR.CKR_ENCRYPTED_DATA_INVALID or CKR.CKR_GENERAL_ERROR or CKR.CKR_FUNCTION_FAILED =>
            $"the key '{keyLabel}' of the token '{label}' did not take what it was given ({error}). It may not be the "
                + "key that wrapped keys/master.key.token.",
        CKR.CKR_MECHANISM_INVALID or CKR.CKR_MECHANISM_PARAM_INVALID =>
            $"the token '{label}' does not do AES-256-GCM with a nonce that it is given. Use another token.",
        _ => $"the token '{label}' refused ({error}).",
    };
}
