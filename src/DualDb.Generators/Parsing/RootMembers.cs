using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>The members that the generated part of every root declares, and that the user's part can therefore not declare again.</summary>
internal static class RootMembers
{
    // The parameters of each, as the names of their types; null where the name stands for something else than a method.
    private static readonly Dictionary<string, string[]?> Signatures = new(System.StringComparer.Ordinal)
    {
        ["Neon"] = null,
        ["Supabase"] = null,
        ["Cache"] = null,
        [".ctor"] = ["NeonDatabase,SupabaseDatabase,DualDbCache"],
        ["Create"] = ["Action"],
        ["BeginNeonAsync"] = ["CancellationToken", "IsolationLevel,CancellationToken"],
        ["BeginSupabaseAsync"] = ["CancellationToken", "IsolationLevel,CancellationToken"],
        ["BeginBatching"] = [""],
        ["AsUser"] = ["UserSession", "Func", "IAccessTokenProvider"],
        ["CreateTablesAsync"] = ["CancellationToken"],
        ["Dispose"] = [""],
        ["DisposeAsync"] = [""],
    };

    /// <summary>Whether a member of the user's would be declared twice. Another overload of a generated method would not.</summary>
    public static bool Collides(ISymbol member)
        => !member.IsImplicitlyDeclared
            && Signatures.TryGetValue(member.Name, out var signatures)
            && (signatures is null || member is not IMethodSymbol method || System.Array.IndexOf(signatures, Parameters(method)) >= 0);

    private static string Parameters(IMethodSymbol method)
    {
        if (method.TypeParameters.Length > 0)
        {
            return "<>";
        }

        var types = new List<string>();
        foreach (var parameter in method.Parameters)
        {
            types.Add(parameter.Type.Name);
        }

        return string.Join(",", types);
    }
}
