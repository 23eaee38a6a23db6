namespace Terroir.Storage.Conformance;

/// <summary>What goes wrong in a call of a store.</summary>
public enum StoreFault
{
    /// <summary>The call does nothing and fails.</summary>
    Refused,

    /// <summary>The call does its work, and then fails: the answer was lost.</summary>
    AnswerLost,

    /// <summary>From this call on nothing is done and every call fails, as after a crash or on a dead disk.</summary>
    Dead,

    /// <summary>A reading of an object returns one flipped bit. Other calls are as usual.</summary>
    Damaged,
}
