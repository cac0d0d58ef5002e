using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>The types of <c>DualDb.Consistency.Sync</c>, recognised by name.</summary>
internal static class SyncNames
{
    public const string Namespace = "DualDb.Consistency.Sync";
    public const string SyncMetadataName = Namespace + ".SyncAttribute";
    public const string MapMetadataName = Namespace + ".SyncMapAttribute`2";

    /// <summary>The name of the property of a root.</summary>
    public const string RootProperty = "Sync";

    public const string SourcePriority = nameof(SourcePriority);
    public const string Delta = nameof(Delta);
    public const string Custom = nameof(Custom);

    // The members of ConflictPolicy, by their values.
    private static readonly string[] Policies = [SourcePriority, "LastWriterWins", "FirstWriterWins", "ColumnMerge", Delta, "DeleteWins", Custom, "Manual"];

    /// <summary>The attribute of that name on a symbol, or null.</summary>
    public static AttributeData? Find(ISymbol symbol, string name)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (Is(attribute.AttributeClass, name))
            {
                return attribute;
            }
        }

        return null;
    }

    /// <summary>Whether a type is the one of that name.</summary>
    public static bool Is(ITypeSymbol? type, string name) => TypeNames.Is(type, Namespace, name);

    /// <summary>The member of <c>ConflictPolicy</c> of that value; null where there is none.</summary>
    public static string? Policy(int value) => value >= 0 && value < Policies.Length ? Policies[value] : null;
}
