namespace Terroir.Models;

/// <summary>The models that were imported into the site. Safe to call from several threads at once.</summary>
public interface ILocalModels
{
    /// <summary>The ids, in ordinal order.</summary>
    IReadOnlyList<string> List();

    /// <summary>Opens a model. Its weights are loaded by the first question, once for all who ask, and leave the
    /// memory when nobody asks.</summary>
    /// <param name="id">Its id, or a beginning of it that no other has.</param>
    /// <exception cref="ModelUnusableException">There is none, or it is not what was imported.</exception>
    /// <exception cref="TokenizerUnusableException">Its vocabulary cannot be used.</exception>
    /// <exception cref="WeightsUnusableException">Its weights cannot be used.</exception>
    LocalModel Open(string id);
}
