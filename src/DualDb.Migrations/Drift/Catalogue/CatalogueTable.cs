using DualDb.Migrations.Model;

namespace DualDb.Migrations.Drift.Catalogue;

/// <summary>A table as the catalogue has it.</summary>
/// <param name="Model">Its shape, in the catalogue's own words.</param>
/// <param name="HasRowSecurity">Whether row-level security is on.</param>
/// <param name="Policies">How many policies it has.</param>
/// <param name="MissingRights">The rights that the role lacks.</param>
/// <param name="Granted">The roles that were granted rights on its rows, and that its policies hold for.</param>
/// <param name="IsRoleSubject">Whether row-level security holds for the role that asks.</param>
internal sealed record CatalogueTable(TableModel Model, bool HasRowSecurity, int Policies, IReadOnlyList<string> MissingRights, IReadOnlyList<string> Granted, bool IsRoleSubject)
{
    /// <summary>Indexes that are not valid: a concurrent build of them broke off.</summary>
    public List<string> InvalidIndexes { get; } = [];

    /// <summary>Constraints that have not looked at the rows that were there.</summary>
    public List<string> UnvalidatedConstraints { get; } = [];

    /// <summary>Columns that the database numbers whatever is said (<c>generated always as identity</c>).</summary>
    public List<string> AlwaysNumbered { get; } = [];

    /// <summary>Foreign keys that do more than refuse, by name, and what they do.</summary>
    public Dictionary<string, string> Actions { get; } = new(StringComparer.Ordinal);

    /// <summary>Triggers, and whether each fires.</summary>
    public Dictionary<string, bool> Triggers { get; } = new(StringComparer.Ordinal);
}

/// <summary>What the catalogue of one database says.</summary>
/// <param name="Role">The role that asks.</param>
/// <param name="MayCreateTemporary">Whether it may create temporary tables.</param>
/// <param name="IsLogInstalled">Whether the change log is installed.</param>
/// <param name="Tables">The tables that were asked for and are there.</param>
/// <param name="Enums">The enum types that were asked for and are there.</param>
/// <param name="Others">Tables of the same schemas that were not asked for.</param>
internal sealed record DatabaseCatalogue(
    string Role, bool MayCreateTemporary, bool IsLogInstalled, IReadOnlyList<CatalogueTable> Tables, IReadOnlyList<EnumModel> Enums, IReadOnlyList<string> Others);
