namespace Terroir;

/// <summary>A model of the site cannot be used. Code <c>TER3104</c>; transient while another process imports it.
/// </summary>
public sealed class ModelUnusableException : TerroirException
{
    /// <summary>Creates the error for one model.</summary>
    /// <param name="model">Its id, or what was given as one.</param>
    /// <param name="problem">What is wrong.</param>
    /// <param name="file">The file that it is about; none for the model as a whole.</param>
    public ModelUnusableException(string model, ModelProblem problem, string? file = null)
        : base("TER3104", problem == ModelProblem.Busy, Describe(model, problem, file), innerException: null)
    {
        Model = model;
        Problem = problem;
        File = file;
    }

    /// <summary>The id of the model, or what was given as one.</summary>
    public string Model { get; }

    /// <summary>What is wrong.</summary>
    public ModelProblem Problem { get; }

    /// <summary>The file that it is about; none for the model as a whole.</summary>
    public string? File { get; }

    private static string Describe(string model, ModelProblem problem, string? file) => problem switch
    {
        ModelProblem.Unknown =>
            $"There is no model '{model}'. 'terroir model list' names those that were imported.",
        ModelProblem.Ambiguous =>
            $"More than one model begins with '{model}'. Write more of the id; 'terroir model list' shows it.",
        ModelProblem.CardDamaged =>
            $"The card of model '{model}' is not as it was written. Remove the model and import it again.",
        ModelProblem.CardUnsigned =>
            $"The card of model '{model}' is not signed by this site. Import the model here.",
        ModelProblem.FileMissing =>
            $"'{file}' of model '{model}' is missing. Remove the model and import it again.",
        ModelProblem.FileChanged =>
            $"'{file}' of model '{model}' is not what was imported. Check the disk, remove the model and import it "
            + "again.",
        ModelProblem.Busy =>
            $"Another process imports model '{model}'. Wait until it has ended.",
        ModelProblem.NotLanguage =>
            $"Model '{model}' writes no text: it is an encoder or a reranker. 'terroir model list' shows the kinds.",
        ModelProblem.NotEncoder =>
            $"Model '{model}' is no encoder. 'terroir model list' shows the kinds.",
        ModelProblem.NotReranker =>
            $"Model '{model}' is no reranker. 'terroir model list' shows the kinds.",
        _ =>
            $"The vocabulary of model '{model}' has more tokens than its weights. Take all files from one release.",
    };
}
