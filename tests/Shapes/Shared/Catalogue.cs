#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>Every shape of this library.</summary>
public static class Catalogue
{
    public static IReadOnlyList<IShape> Shapes { get; } =
    [
        new SetterClassShape(), new InitRecordShape(), new PositionalRecordShape(), new RequiredMembersShape(), new RequiredByConstructorShape(),
        new PrimaryConstructorClassShape(), new ConstructorChoiceShape(), new NestedRecordShape(), new InheritedColumnsShape(), new GenericBaseShape(),
        new DerivedRecordShape(), new InternalRecordShape(), new PrivateSettersShape(), new KeywordMembersShape(), new UnmappedMembersShape(),
        new HiddenMembersShape(), new QuotedNamesShape(), new LongNamesShape(), new OwnSchemaShape(), new WideTableShape(),

        new GeneratedIntShape(), new GeneratedShortShape(), new GeneratedLongShape(), new GeneratedGuidShape(),
        new TextKeyShape(), new VarcharKeyShape(), new EnumKeyShape(), new DateKeyShape(), new InstantKeyShape(), new DecimalKeyShape(),
        new PairKeyShape(), new TripleKeyShape(), new KeyOnlyShape(), new TicketShape(),

        new NumbersShape(), new NullableNumbersShape(), new DeclaredNumbersShape(), new TextsShape(), new MomentsShape(), new OthersShape(),
        new EnumsShape(), new CustomTypesShape(), new DocumentsShape(), new RangesShape(), new ArraysShape(), new CollectionsShape(),

        new VersionedIntShape(), new VersionedLongShape(), new StampedShape(), new StampedDateTimeShape(),
        new FlaggedShape(), new RetiredShape(), new ArchivedShape(), new EverythingShape(), new KeptShape(),

        new OwnerShape(), new ItemShape(), new ItemLinkShape(), new CategoryShape(), new AccountShape(),
    ];
}
