namespace DualDb.Migrations.Model.Changes;

/// <summary>Changes in words.</summary>
internal static class ChangeText
{
    public static string Of(SchemaChange change) => change switch
    {
        EnumCreated one => $"creates the enum {one.Type.Schema}.{one.Type.Name}",
        EnumExtended one => $"adds {string.Join(", ", one.Type.Values.Except(one.From.Values, StringComparer.Ordinal))} to the enum {one.Type.Schema}.{one.Type.Name}",
        EnumRebuilt one => $"makes the enum {one.Type.Schema}.{one.Type.Name} anew",
        EnumDropped one => $"drops the enum {one.Type.Schema}.{one.Type.Name}",
        TableCreated { MovedFrom: { } old } one => $"creates the table {one.Table.FullName}, and brings the rows of {old.FullName} from {old.Database}",
        TableCreated one => $"creates the table {one.Table.FullName}",
        TableDropped { MovedTo: { } moved } one => $"drops the table {one.Table.FullName}, once {moved.Database} has its rows",
        TableDropped one => $"drops the table {one.Table.FullName}",
        TableRenamed one => $"renames the table {one.From.FullName} to {one.Table.Name}",
        CommentChanged { Column: { } column } one => $"comments on {one.Table.FullName}.{column}",
        CommentChanged one => $"comments on {one.Table.FullName}",
        PrimaryKeyChanged one => $"changes the primary key of {one.Table.FullName}",
        CaptureAdded one => $"captures changes of {one.Table.FullName}",
        ColumnAdded one => $"adds the column {Of(one)} {one.Column.Type}",
        ColumnDropped one => $"drops the column {Of(one)}",
        ColumnRenamed one => $"renames the column {one.Table.FullName}.{one.From} to {one.Column.Name}",
        TypeChanged one => $"changes the type of {Of(one)} from {one.From.Type} to {one.Column.Type}",
        NullabilityChanged one => $"lets {Of(one)} {(one.Column.IsNullable ? "take null" : "take no null")}",
        DefaultChanged one => $"changes the default of {Of(one)}",
        IdentityChanged one => one.Column.IsIdentity ? $"numbers {Of(one)}" : $"numbers {Of(one)} no more",
        PartAdded { Replaces: null } one => $"adds the {one.Part.Noun} {one.Part.Name} to {one.Table.FullName}",
        PartAdded one => $"replaces the {one.Part.Noun} {one.Part.Name} of {one.Table.FullName}",
        PartDropped one => $"drops the {one.Part.Noun} {one.Part.Name} of {one.Table.FullName}",
        PartRenamed one => $"renames the {one.Part.Noun} {one.From} of {one.Table.FullName} to {one.Part.Name}",
        _ => throw new ArgumentException($"{change.GetType().Name} has no words.", nameof(change)),
    };

    private static string Of(ColumnChange change) => $"{change.Table.FullName}.{change.Column.Name}";
}
