using DualDb.AspNetCore.Dashboard.Language;

namespace DualDb.AspNetCore.Dashboard.Sections.Shared;

/// <summary>What the libraries' own words mean.</summary>
internal static class TermTexts
{
    public static readonly Text Started = new("started", "เริ่มแล้ว");
    public static readonly Text Succeeded = new("succeeded", "สำเร็จ");
    public static readonly Text Failed = new("failed", "ล้มเหลว");
    public static readonly Text Unanswered = new("unanswered", "ไม่มีคำตอบ");

    public static readonly Text Resume = new("resume", "ทำต่อ");
    public static readonly Text Retry = new("retry", "ลองใหม่");
    public static readonly Text Skip = new("skip", "ข้ามขั้นตอน");
    public static readonly Text SkipCompensation = new("skip-compensation", "ข้ามการชดเชย");
    public static readonly Text Compensate = new("compensate", "ชดเชยทั้งหมด");
    public static readonly Text Replay = new("replay", "เล่นซ้ำ");
    public static readonly Text Edit = new("edit", "แก้ไข");
    public static readonly Text Discard = new("discard", "ทิ้ง");

    public static readonly Text Expand = new("expand", "ขยาย");
    public static readonly Text Backfill = new("backfill", "เติมข้อมูลย้อนหลัง");
    public static readonly Text Switch = new("switch", "สลับ");
    public static readonly Text Contract = new("contract", "ลดทอน");

    public static readonly Text SourcePriority = new("SourcePriority", "ต้นทางมาก่อน");
    public static readonly Text LastWriterWins = new("LastWriterWins", "ผู้เขียนล่าสุดชนะ");
    public static readonly Text FirstWriterWins = new("FirstWriterWins", "ผู้เขียนคนแรกชนะ");
    public static readonly Text ColumnMerge = new("ColumnMerge", "รวมตามคอลัมน์");
    public static readonly Text Delta = new("Delta", "รวมส่วนต่าง");
    public static readonly Text DeleteWins = new("DeleteWins", "การลบชนะ");
    public static readonly Text Custom = new("Custom", "กำหนดเอง");
    public static readonly Text Manual = new("Manual", "ผู้ปฏิบัติงานตัดสิน");

    public static readonly Text Insert = new("insert", "เพิ่มแถว");
    public static readonly Text Update = new("update", "แก้ไขแถว");
    public static readonly Text Delete = new("delete", "ลบแถว");
    public static readonly Text None = new("none", "ไม่ทำอะไร");
}
