namespace Terroir.Protection.PersonalData.Synthetic;

/// <summary>Which templates and names documents are made of; the two sets share neither sentences nor surnames.
/// </summary>
public enum SyntheticSet
{
    /// <summary>What something may be learned from.</summary>
    Training,

    /// <summary>What it is judged on.</summary>
    Evaluation,
}
