#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>A table outside of <c>public</c>.</summary>
[Stored(Schema = "warehouse", Set = Names.Prefix + "OwnSchemas")]
public sealed partial record OwnSchema([Key(Generated = true)] int Id, string Name);

public sealed class OwnSchemaShape : Shape<OwnSchema, int, Transaction>
{
    public override Type RepositoryType => typeof(IOwnSchemaRepository);

    public override OwnSchema Make(int number) => new(0, Samples.Text(number));

    public override OwnSchema MakeWithKey(int number) => Make(number) with { Id = 1_000_000 + number };

    public override OwnSchema Change(OwnSchema row, int number) => Make(number) with { Id = row.Id };

    public override int KeyOf(OwnSchema row) => row.Id;
}
