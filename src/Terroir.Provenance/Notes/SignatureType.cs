namespace Terroir.Provenance.Notes;

/// <summary>How a key signs notes: the identifier bytes of C2SP signed-note that we use.</summary>
public enum SignatureType
{
    /// <summary>None; no key has it.</summary>
    None = 0,

    /// <summary>Ed25519 over the text of the note.</summary>
    Ed25519 = 0x01,

    /// <summary>Ed25519 over a time and the text of a checkpoint (cosignature/v1).</summary>
    Cosignature = 0x04,

    /// <summary>ML-DSA-44 over a time, the cosigner's name and what a checkpoint says (subtree/v1).</summary>
    MlDsaCosignature = 0x06,
}
