using System.Text.Json;

namespace Terroir.Server.Tests.Models;

/// <summary>What answers look like when a model could not give one.</summary>
internal static class ModelAnswers
{
    public static void AssertExtracts(JsonElement answer)
    {
        Assert.Equal("extractive", answer.GetProperty("provider").GetString());
        Assert.Contains("poste de sécurité", answer.GetProperty("answer").GetString(), StringComparison.Ordinal);
        Assert.StartsWith(
            "Le modèle n'a pas pu répondre",
            Assert.Single(answer.GetProperty("notices").EnumerateArray()).GetString(),
            StringComparison.Ordinal);
    }
}
